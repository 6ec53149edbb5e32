package org.tim4j.layers.block;

import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.tim4j.layers.attention.SelfAttention;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.vertex.TimVertex;
import org.tim4j.layers.vertex.VertexBuilder;

/**
 * A transformer block of the method; see {@link TransitionBlock} for inputs, shapes and formulas.
 */
public final class TimBlock extends TimVertex<TransitionBlock> {
  private static final long serialVersionUID = 1L;

  @JsonCreator
  TimBlock(
      @JsonProperty("definition") TransitionBlock definition,
      @JsonProperty("runtime") TimRuntime runtime) {
    super(definition, runtime);
  }

  private TimBlock(Builder builder) {
    super(
        new TransitionBlock(
            builder.attention,
            builder.mlpHidden,
            builder.modulationRank,
            builder.captioned,
            builder.activations),
        builder);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builder; {@code attention}, {@code mlpHidden} and {@code modulationRank} must be set. */
  public static final class Builder extends VertexBuilder<Builder> {
    private SelfAttention attention;
    private int mlpHidden;
    private int modulationRank;
    private boolean captioned = false;
    private BlockActivations activations = BlockActivations.KEEP;

    private Builder() {}

    /** The self-attention; its hidden size is the block's. */
    public Builder attention(SelfAttention value) {
      attention = value;
      return this;
    }

    /** Numbers inside the feed-forward part. */
    public Builder mlpHidden(int value) {
      mlpHidden = value;
      return this;
    }

    /** Numbers inside the unit that modulates. */
    public Builder modulationRank(int value) {
      modulationRank = value;
      return this;
    }

    /** Whether there is a caption input that the tokens attend to; no unless set. */
    public Builder captioned(boolean value) {
      captioned = value;
      return this;
    }

    /** What a training forward on the fused runtime keeps; everything unless set. */
    public Builder activations(BlockActivations value) {
      activations = value;
      return this;
    }

    /**
     * Returns the configuration.
     *
     * @throws org.tim4j.layers.base.InvalidInputException if a setting is missing or does not fit
     */
    public TimBlock build() {
      return new TimBlock(this);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
