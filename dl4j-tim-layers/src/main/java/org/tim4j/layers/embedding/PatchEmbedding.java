package org.tim4j.layers.embedding;

import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.vertex.TimVertex;
import org.tim4j.layers.vertex.VertexBuilder;

/**
 * Patches of a picture as a grid of tokens; see {@link PatchProjection} for input, shapes and
 * formula.
 */
public final class PatchEmbedding extends TimVertex<PatchProjection> {
  private static final long serialVersionUID = 1L;

  @JsonCreator
  PatchEmbedding(
      @JsonProperty("definition") PatchProjection definition,
      @JsonProperty("runtime") TimRuntime runtime) {
    super(definition, runtime);
  }

  private PatchEmbedding(Builder builder) {
    super(new PatchProjection(builder.channels, builder.patch, builder.hidden), builder);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builder; {@code channels}, {@code patch} and {@code hidden} must be set. */
  public static final class Builder extends VertexBuilder<Builder> {
    private int channels;
    private int patch;
    private int hidden;

    private Builder() {}

    /** Channels of the picture. */
    public Builder channels(int value) {
      channels = value;
      return this;
    }

    /** Side of a patch in pixels. */
    public Builder patch(int value) {
      patch = value;
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
    public PatchEmbedding build() {
      return new PatchEmbedding(this);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
