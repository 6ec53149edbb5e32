package org.tim4j.layers.block;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.definition.GatedUnit;
import org.tim4j.layers.kernel.layer.SwiGluKernel;
import org.tim4j.layers.runtime.FusedRunner;
import org.tim4j.layers.vertex.GraphScope;
import org.tim4j.layers.vertex.MaskUse;
import org.tim4j.layers.vertex.Parameter;
import org.tim4j.layers.vertex.ShapeCheck;
import org.tim4j.layers.vertex.VertexBuilder;
import org.tim4j.layers.vertex.VertexDefinition;
import org.tim4j.layers.vertex.VertexRunner;

/**
 * A {@link GatedUnit} on the last axis: input {@code input} {@code [batch, …, inputs]} of rank 2, 3
 * or 4, output {@code [batch, …, outputs]}.
 */
public record SwiGlu(int nIn, int inner, int nOut) implements VertexDefinition {
  private static final String INPUT = "input";

  /**
   * Checks the settings.
   *
   * @throws org.tim4j.layers.base.InvalidInputException if one is not positive
   */
  public SwiGlu {
    Require.atLeast("nIn", nIn, 1);
    Require.atLeast("inner", inner, 1);
    Require.atLeast("nOut", nOut, 1);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  private GatedUnit unit() {
    return new GatedUnit(ParameterNames.SOLE, nIn, inner, nOut);
  }

  @Override
  public List<String> inputs() {
    return List.of(INPUT);
  }

  @Override
  public MaskUse maskUse(String input) {
    return MaskUse.CARRIED;
  }

  @Override
  public List<Parameter> parameters() {
    return unit().parameters();
  }

  @Override
  public long[] outputShape(long[]... inputs) {
    new ShapeCheck("SwiGlu", INPUT, inputs[0])
        .rank("[batch, …, inputs] of rank 2, 3 or 4", 2, 3, 4)
        .last("numbers", nIn);
    long[] shape = inputs[0].clone();
    shape[shape.length - 1] = nOut;
    return shape;
  }

  @Override
  public VertexRunner fusedRunner(Map<String, INDArray> parameters) {
    return new FusedRunner(this, parameters, SwiGluKernel::new);
  }

  @Override
  public SDVariable define(GraphScope scope) {
    SDVariable rows = unit().define(scope, scope.rows(INPUT));
    return scope.graph().reshape(rows, outputShape(scope.shape(INPUT)));
  }

  /** Builder; {@code nIn}, {@code inner} and {@code nOut} must be set. */
  public static final class Builder extends VertexBuilder<SwiGlu, Builder> {
    private int nIn;
    private int inner;
    private int nOut;

    private Builder() {}

    /** Size of the last axis of the input. */
    public Builder nIn(int value) {
      nIn = value;
      return this;
    }

    /** Width of the unit. */
    public Builder inner(int value) {
      inner = value;
      return this;
    }

    /** Size of the last axis of the output. */
    public Builder nOut(int value) {
      nOut = value;
      return this;
    }

    @Override
    public SwiGlu definition() {
      return new SwiGlu(nIn, inner, nOut);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
