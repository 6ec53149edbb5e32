package org.tim4j.layers.attention;

import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.tim4j.layers.base.RopeOrder;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.vertex.TimVertex;
import org.tim4j.layers.vertex.VertexBuilder;

/**
 * Self-attention that knows the length of the transition; see {@link SelfAttention} for inputs,
 * shapes and formula. Without {@code distanceAware} it is ordinary multi-head attention with rotary
 * positions and one input.
 */
public final class IntervalAttention extends TimVertex<SelfAttention> {
  private static final long serialVersionUID = 1L;

  @JsonCreator
  IntervalAttention(
      @JsonProperty("definition") SelfAttention definition,
      @JsonProperty("runtime") TimRuntime runtime) {
    super(definition, runtime);
  }

  private IntervalAttention(Builder builder) {
    super(
        new SelfAttention(
            builder.hidden,
            builder.heads,
            builder.qkNorm,
            builder.distanceAware,
            builder.ropeOrder),
        builder);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builder; {@code hidden} and {@code heads} must be set. */
  public static final class Builder extends VertexBuilder<Builder> {
    private int hidden;
    private int heads;
    private boolean qkNorm = true;
    private boolean distanceAware;
    private RopeOrder ropeOrder = RopeOrder.ROW_COLUMN;

    private Builder() {}

    /** Numbers a token. */
    public Builder hidden(int value) {
      hidden = value;
      return this;
    }

    /** Number of heads; each must have a multiple of 4 numbers. */
    public Builder heads(int value) {
      heads = value;
      return this;
    }

    /** Whether queries and keys are normalised in each head; yes unless set. */
    public Builder qkNorm(boolean value) {
      qkNorm = value;
      return this;
    }

    /** Whether there is a second input that embeds an interval; no unless set. */
    public Builder distanceAware(boolean value) {
      distanceAware = value;
      return this;
    }

    /** Which coordinates the tokens of a grid have; {@link RopeOrder#ROW_COLUMN} unless set. */
    public Builder ropeOrder(RopeOrder value) {
      ropeOrder = value;
      return this;
    }

    /**
     * Returns the configuration.
     *
     * @throws org.tim4j.layers.base.InvalidInputException if the heads do not fit the hidden size
     */
    public IntervalAttention build() {
      return new IntervalAttention(this);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
