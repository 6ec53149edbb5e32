package org.tim4j.layers.block;

import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.vertex.TimVertex;
import org.tim4j.layers.vertex.VertexBuilder;

/** A gated unit on the last axis; see {@link GatedRows} for input, shapes and formula. */
public final class SwiGlu extends TimVertex<GatedRows> {
  private static final long serialVersionUID = 1L;

  @JsonCreator
  SwiGlu(
      @JsonProperty("definition") GatedRows definition,
      @JsonProperty("runtime") TimRuntime runtime) {
    super(definition, runtime);
  }

  private SwiGlu(Builder builder) {
    super(new GatedRows(builder.size, builder.inner, builder.outputs), builder);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builder; {@code size}, {@code inner} and {@code outputs} must be set. */
  public static final class Builder extends VertexBuilder<Builder> {
    private int size;
    private int inner;
    private int outputs;

    private Builder() {}

    /** Numbers on the last axis of the input. */
    public Builder size(int value) {
      size = value;
      return this;
    }

    /** Numbers inside the unit. */
    public Builder inner(int value) {
      inner = value;
      return this;
    }

    /** Numbers on the last axis of the output. */
    public Builder outputs(int value) {
      outputs = value;
      return this;
    }

    /**
     * Returns the configuration.
     *
     * @throws org.tim4j.layers.base.InvalidInputException if a setting is missing or does not fit
     */
    public SwiGlu build() {
      return new SwiGlu(this);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
