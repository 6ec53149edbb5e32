package org.tim4j.layers.embedding;

import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.vertex.TimVertex;
import org.tim4j.layers.vertex.VertexBuilder;

/** Rows of a table as one token a column; see {@link ColumnProjection} for input and shapes. */
public final class FeatureTokenizer extends TimVertex<ColumnProjection> {
  private static final long serialVersionUID = 1L;

  @JsonCreator
  FeatureTokenizer(
      @JsonProperty("definition") ColumnProjection definition,
      @JsonProperty("runtime") TimRuntime runtime) {
    super(definition, runtime);
  }

  private FeatureTokenizer(Builder builder) {
    super(new ColumnProjection(builder.columns, builder.hidden), builder);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builder; {@code columns} and {@code hidden} must be set. */
  public static final class Builder extends VertexBuilder<Builder> {
    private List<Integer> columns = List.of();
    private int hidden;

    private Builder() {}

    /** How many numbers of a row each column has, in their order. */
    public Builder columns(List<Integer> value) {
      columns = value;
      return this;
    }

    /** Numbers a token. */
    public Builder hidden(int value) {
      hidden = value;
      return this;
    }

    /**
     * Returns the configuration.
     *
     * @throws org.tim4j.layers.base.InvalidInputException if a setting is missing or does not fit
     */
    public FeatureTokenizer build() {
      return new FeatureTokenizer(this);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
