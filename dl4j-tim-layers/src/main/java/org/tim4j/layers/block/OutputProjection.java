package org.tim4j.layers.block;

import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.vertex.TimVertex;
import org.tim4j.layers.vertex.VertexBuilder;

/** Tokens back to a picture; see {@link PictureProjection} for inputs, shapes and formula. */
public final class OutputProjection extends TimVertex<PictureProjection> {
  private static final long serialVersionUID = 1L;

  @JsonCreator
  OutputProjection(
      @JsonProperty("definition") PictureProjection definition,
      @JsonProperty("runtime") TimRuntime runtime) {
    super(definition, runtime);
  }

  private OutputProjection(Builder builder) {
    super(new PictureProjection(builder.hidden, builder.channels, builder.patch), builder);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builder; {@code hidden} and {@code channels} must be set. */
  public static final class Builder extends VertexBuilder<Builder> {
    private int hidden;
    private int channels;
    private int patch = 1;

    private Builder() {}

    /** Numbers a token. */
    public Builder hidden(int value) {
      hidden = value;
      return this;
    }

    /** Channels of the picture, or features of a token. */
    public Builder channels(int value) {
      channels = value;
      return this;
    }

    /** Side of a patch in pixels; 1 unless set. */
    public Builder patch(int value) {
      patch = value;
      return this;
    }

    /**
     * Returns the configuration.
     *
     * @throws org.tim4j.layers.base.InvalidInputException if a setting is missing or does not fit
     */
    public OutputProjection build() {
      return new OutputProjection(this);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
