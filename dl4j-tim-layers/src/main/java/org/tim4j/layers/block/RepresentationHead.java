package org.tim4j.layers.block;

import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.vertex.TimVertex;
import org.tim4j.layers.vertex.VertexBuilder;

/**
 * Features of the tokens for the alignment with a pretrained encoder; see {@link FeatureProjection}
 * for input, shapes and formula.
 */
public final class RepresentationHead extends TimVertex<FeatureProjection> {
  private static final long serialVersionUID = 1L;

  @JsonCreator
  RepresentationHead(
      @JsonProperty("definition") FeatureProjection definition,
      @JsonProperty("runtime") TimRuntime runtime) {
    super(definition, runtime);
  }

  private RepresentationHead(Builder builder) {
    super(new FeatureProjection(builder.hidden, builder.inner, builder.features), builder);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builder; {@code hidden}, {@code inner} and {@code features} must be set. */
  public static final class Builder extends VertexBuilder<Builder> {
    private int hidden;
    private int inner;
    private int features;

    private Builder() {}

    /** Numbers a token. */
    public Builder hidden(int value) {
      hidden = value;
      return this;
    }

    /** Numbers in each of the two inner layers. */
    public Builder inner(int value) {
      inner = value;
      return this;
    }

    /** Features of the pretrained encoder. */
    public Builder features(int value) {
      features = value;
      return this;
    }

    /**
     * Returns the configuration.
     *
     * @throws org.tim4j.layers.base.InvalidInputException if a setting is missing or does not fit
     */
    public RepresentationHead build() {
      return new RepresentationHead(this);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
