package org.tim4j.layers.embedding;

import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.tim4j.layers.base.IntervalCondition;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.vertex.TimVertex;
import org.tim4j.layers.vertex.VertexBuilder;

/**
 * Start time and interval of a transition as hidden numbers; see {@link TransitionProjection} for
 * inputs, shapes and formula.
 */
public final class TransitionEmbedding extends TimVertex<TransitionProjection> {
  private static final long serialVersionUID = 1L;

  @JsonCreator
  TransitionEmbedding(
      @JsonProperty("definition") TransitionProjection definition,
      @JsonProperty("runtime") TimRuntime runtime) {
    super(definition, runtime);
  }

  private TransitionEmbedding(Builder builder) {
    super(new TransitionProjection(builder.hidden, builder.condition, builder.separate), builder);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builder; {@code hidden} must be set. */
  public static final class Builder extends VertexBuilder<Builder> {
    private int hidden;
    private IntervalCondition condition = IntervalCondition.T_MINUS_R;
    private boolean separate = true;

    private Builder() {}

    /** Numbers in each of the two embeddings. */
    public Builder hidden(int value) {
      hidden = value;
      return this;
    }

    /** What the interval embedding is made of; {@link IntervalCondition#T_MINUS_R} unless set. */
    public Builder condition(IntervalCondition value) {
      condition = value;
      return this;
    }

    /** Whether the interval embedding has weights of its own; yes unless set. */
    public Builder separate(boolean value) {
      separate = value;
      return this;
    }

    /**
     * Returns the configuration.
     *
     * @throws org.tim4j.layers.base.InvalidInputException if a setting is missing or does not fit
     */
    public TransitionEmbedding build() {
      return new TransitionEmbedding(this);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
