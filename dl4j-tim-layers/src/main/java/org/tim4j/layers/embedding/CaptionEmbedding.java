package org.tim4j.layers.embedding;

import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.vertex.TimVertex;
import org.tim4j.layers.vertex.VertexBuilder;

/**
 * Caption features as hidden tokens; see {@link CaptionProjection} for input, shapes and formula.
 */
public final class CaptionEmbedding extends TimVertex<CaptionProjection> {
  private static final long serialVersionUID = 1L;

  @JsonCreator
  CaptionEmbedding(
      @JsonProperty("definition") CaptionProjection definition,
      @JsonProperty("runtime") TimRuntime runtime) {
    super(definition, runtime);
  }

  private CaptionEmbedding(Builder builder) {
    super(new CaptionProjection(builder.features, builder.hidden), builder);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builder; {@code features} and {@code hidden} must be set. */
  public static final class Builder extends VertexBuilder<Builder> {
    private int features;
    private int hidden;

    private Builder() {}

    /** Features a caption token. */
    public Builder features(int value) {
      features = value;
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
    public CaptionEmbedding build() {
      return new CaptionEmbedding(this);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
