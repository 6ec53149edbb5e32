package org.tim4j.layers.embedding;

import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.vertex.TimVertex;
import org.tim4j.layers.vertex.VertexBuilder;

/** A vector as hidden numbers; see {@link VectorProjection} for input, shapes and formula. */
public final class VectorEmbedding extends TimVertex<VectorProjection> {
  private static final long serialVersionUID = 1L;

  @JsonCreator
  VectorEmbedding(
      @JsonProperty("definition") VectorProjection definition,
      @JsonProperty("runtime") TimRuntime runtime) {
    super(definition, runtime);
  }

  private VectorEmbedding(Builder builder) {
    super(new VectorProjection(builder.size, builder.hidden), builder);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builder; {@code size} and {@code hidden} must be set. */
  public static final class Builder extends VertexBuilder<Builder> {
    private int size;
    private int hidden;

    private Builder() {}

    /** Numbers in the vector. */
    public Builder size(int value) {
      size = value;
      return this;
    }

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
    public VectorEmbedding build() {
      return new VectorEmbedding(this);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
