package org.tim4j.layers.embedding;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.definition.Sinusoid;
import org.tim4j.layers.kernel.layer.TimeEmbeddingKernel;
import org.tim4j.layers.runtime.FusedRunner;
import org.tim4j.layers.vertex.GraphScope;
import org.tim4j.layers.vertex.InitialValue;
import org.tim4j.layers.vertex.MaskUse;
import org.tim4j.layers.vertex.Parameter;
import org.tim4j.layers.vertex.ShapeCheck;
import org.tim4j.layers.vertex.VertexBuilder;
import org.tim4j.layers.vertex.VertexDefinition;
import org.tim4j.layers.vertex.VertexRunner;

/** The time embedding φ: input {@code time} {@code [batch, 1]}, output {@code [batch, hidden]}. */
public record TimeEmbedding(int hidden) implements VertexDefinition {
  /** Standard deviation of the first values of time, vector and caption embeddings. */
  static final InitialValue SMALL = InitialValue.normal(0.02);

  private static final String TIME = "time";

  /**
   * Checks the setting.
   *
   * @throws org.tim4j.layers.base.InvalidInputException if it is not positive
   */
  public TimeEmbedding {
    Require.atLeast("hidden", hidden, 1);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  private Sinusoid sinusoid() {
    return new Sinusoid(ParameterNames.TIME, hidden);
  }

  @Override
  public List<String> inputs() {
    return List.of(TIME);
  }

  @Override
  public MaskUse maskUse(String input) {
    return MaskUse.CARRIED;
  }

  @Override
  public List<Parameter> parameters() {
    return sinusoid().parameters(SMALL);
  }

  @Override
  public long[] outputShape(long[]... inputs) {
    new ShapeCheck("TimeEmbedding", TIME, inputs[0]).rank("[batch, 1]", 2).last("time", 1);
    return new long[] {inputs[0][0], hidden};
  }

  @Override
  public VertexRunner fusedRunner(Map<String, INDArray> parameters) {
    return new FusedRunner(this, parameters, TimeEmbeddingKernel::new);
  }

  @Override
  public SDVariable define(GraphScope scope) {
    return sinusoid().define(scope, scope.input(TIME));
  }

  /** Builder; {@code hidden} must be set. */
  public static final class Builder extends VertexBuilder<TimeEmbedding, Builder> {
    private int hidden;

    private Builder() {}

    /** Embedding dimension. */
    public Builder hidden(int value) {
      hidden = value;
      return this;
    }

    @Override
    public TimeEmbedding definition() {
      return new TimeEmbedding(hidden);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
