package org.tim4j.layers.embedding;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.definition.Linear;
import org.tim4j.layers.definition.Silu;
import org.tim4j.layers.kernel.layer.SiluChainKernel;
import org.tim4j.layers.runtime.FusedRunner;
import org.tim4j.layers.vertex.GraphScope;
import org.tim4j.layers.vertex.MaskUse;
import org.tim4j.layers.vertex.Parameter;
import org.tim4j.layers.vertex.ShapeCheck;
import org.tim4j.layers.vertex.VertexBuilder;
import org.tim4j.layers.vertex.VertexDefinition;
import org.tim4j.layers.vertex.VertexRunner;

/**
 * A vector of real numbers as a condition: {@code SiLU(v·W1 + b1)·W2 + b2}; input {@code vector}
 * {@code [batch, size]}, output {@code [batch, hidden]}.
 */
public record VectorEmbedding(int nIn, int hidden) implements VertexDefinition {
  private static final String VECTOR = "vector";

  /**
   * Checks the settings.
   *
   * @throws org.tim4j.layers.base.InvalidInputException if one is not positive
   */
  public VectorEmbedding {
    Require.atLeast("nIn", nIn, 1);
    Require.atLeast("hidden", hidden, 1);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  private Linear first() {
    return Linear.numbered(ParameterNames.SOLE, 1, nIn, hidden);
  }

  private Linear second() {
    return Linear.numbered(ParameterNames.SOLE, 2, hidden, hidden);
  }

  @Override
  public List<String> inputs() {
    return List.of(VECTOR);
  }

  @Override
  public MaskUse maskUse(String input) {
    return MaskUse.CARRIED;
  }

  @Override
  public List<Parameter> parameters() {
    return Stream.concat(
            first().parameters(TimeEmbedding.SMALL).stream(),
            second().parameters(TimeEmbedding.SMALL).stream())
        .toList();
  }

  @Override
  public long[] outputShape(long[]... inputs) {
    new ShapeCheck("VectorEmbedding", VECTOR, inputs[0])
        .rank("[batch, size]", 2)
        .last("numbers", nIn);
    return new long[] {inputs[0][0], hidden};
  }

  @Override
  public VertexRunner fusedRunner(Map<String, INDArray> parameters) {
    return new FusedRunner(this, parameters, layout -> new SiluChainKernel(layout, 2));
  }

  @Override
  public SDVariable define(GraphScope scope) {
    SDVariable inner = first().define(scope, scope.input(VECTOR));
    return second().define(scope, Silu.define(scope, inner));
  }

  /** Builder; {@code nIn} and {@code hidden} must be set. */
  public static final class Builder extends VertexBuilder<VectorEmbedding, Builder> {
    private int nIn;
    private int hidden;

    private Builder() {}

    /** Size of the vector. */
    public Builder nIn(int value) {
      nIn = value;
      return this;
    }

    /** Embedding dimension. */
    public Builder hidden(int value) {
      hidden = value;
      return this;
    }

    @Override
    public VectorEmbedding definition() {
      return new VectorEmbedding(nIn, hidden);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
