package org.tim4j.layers.block;

import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.vertex.TimVertex;
import org.tim4j.layers.vertex.VertexBuilder;

/** Tokens back to rows of a table; see {@link RowProjection} for inputs, shapes and formula. */
public final class FeatureDetokenizer extends TimVertex<RowProjection> {
  private static final long serialVersionUID = 1L;

  @JsonCreator
  FeatureDetokenizer(
      @JsonProperty("definition") RowProjection definition,
      @JsonProperty("runtime") TimRuntime runtime) {
    super(definition, runtime);
  }

  private FeatureDetokenizer(Builder builder) {
    super(new RowProjection(builder.columns, builder.hidden), builder);
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
    public FeatureDetokenizer build() {
      return new FeatureDetokenizer(this);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
