package org.tim4j.layers.embedding;

import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.vertex.TimVertex;
import org.tim4j.layers.vertex.VertexBuilder;

/** A class as hidden numbers; see {@link ClassTable} for input and shapes. */
public final class ClassEmbedding extends TimVertex<ClassTable> {
  private static final long serialVersionUID = 1L;

  @JsonCreator
  ClassEmbedding(
      @JsonProperty("definition") ClassTable definition,
      @JsonProperty("runtime") TimRuntime runtime) {
    super(definition, runtime);
  }

  private ClassEmbedding(Builder builder) {
    super(new ClassTable(builder.rows, builder.hidden, builder.deviation), builder);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builder; {@code rows} and {@code hidden} must be set. */
  public static final class Builder extends VertexBuilder<Builder> {
    private int rows;
    private int hidden;
    private double deviation = ClassTable.PUBLISHED_DEVIATION;

    private Builder() {}

    /** Number of classes, the null class counted. */
    public Builder rows(int value) {
      rows = value;
      return this;
    }

    /** Numbers in the embedding. */
    public Builder hidden(int value) {
      hidden = value;
      return this;
    }

    /** Standard deviation of the first values, above 0; 0.02 unless set. */
    public Builder deviation(double value) {
      deviation = value;
      return this;
    }

    /**
     * Returns the configuration.
     *
     * @throws org.tim4j.layers.base.InvalidInputException if a setting is missing or does not fit
     */
    public ClassEmbedding build() {
      return new ClassEmbedding(this);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
