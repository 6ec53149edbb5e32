package org.tim4j.layers.embedding;

import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.vertex.TimVertex;
import org.tim4j.layers.vertex.VertexBuilder;

/** A time as hidden numbers; see {@link TimeProjection} for input, shapes and formula. */
public final class TimeEmbedding extends TimVertex<TimeProjection> {
  private static final long serialVersionUID = 1L;

  @JsonCreator
  TimeEmbedding(
      @JsonProperty("definition") TimeProjection definition,
      @JsonProperty("runtime") TimRuntime runtime) {
    super(definition, runtime);
  }

  private TimeEmbedding(Builder builder) {
    super(new TimeProjection(builder.hidden), builder);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builder; {@code hidden} must be set. */
  public static final class Builder extends VertexBuilder<Builder> {
    private int hidden;

    private Builder() {}

    /** Numbers in the embedding. */
    public Builder hidden(int value) {
      hidden = value;
      return this;
    }

    /**
     * Returns the configuration.
     *
     * @throws org.tim4j.layers.base.InvalidInputException if a setting is missing or does not fit
     */
    public TimeEmbedding build() {
      return new TimeEmbedding(this);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
