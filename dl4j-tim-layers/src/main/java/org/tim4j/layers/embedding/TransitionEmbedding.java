package org.tim4j.layers.embedding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.IntervalCondition;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.definition.Sinusoid;
import org.tim4j.layers.kernel.layer.TransitionEmbeddingKernel;
import org.tim4j.layers.runtime.FusedRunner;
import org.tim4j.layers.vertex.GraphScope;
import org.tim4j.layers.vertex.MaskUse;
import org.tim4j.layers.vertex.Parameter;
import org.tim4j.layers.vertex.ShapeCheck;
import org.tim4j.layers.vertex.VertexBuilder;
import org.tim4j.layers.vertex.VertexDefinition;
import org.tim4j.layers.vertex.VertexRunner;

/**
 * The decoupled embedding of a transition from time t to time r: [φ(t) | dE(t, r)].
 *
 * <p>Inputs {@code t} and {@code r}, each {@code [batch, 1]} and already through {@code c_noise};
 * output {@code [batch, 2·hidden]}. Both halves come from one vertex because dE may use φ's weights
 * and a vertex has one output; {@code r} may exceed {@code t} a little.
 *
 * @param condition what dE is made of
 * @param separate whether ψ has weights of its own rather than φ's
 */
public record TransitionEmbedding(int hidden, IntervalCondition condition, boolean separate)
    implements VertexDefinition {
  private static final String START = "t";
  private static final String END = "r";

  /**
   * Checks the settings.
   *
   * @throws org.tim4j.layers.base.InvalidInputException if the hidden size is not positive
   */
  public TransitionEmbedding {
    Require.atLeast("hidden", hidden, 1);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  private Sinusoid phi() {
    return new Sinusoid(ParameterNames.TIME, hidden);
  }

  private Sinusoid psi() {
    return separate ? new Sinusoid(ParameterNames.OWN_TIME, hidden) : phi();
  }

  @Override
  public List<String> inputs() {
    return List.of(START, END);
  }

  @Override
  public MaskUse maskUse(String input) {
    return MaskUse.CARRIED;
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(phi().parameters(TimeEmbedding.SMALL));
    if (separate) {
      parameters.addAll(psi().parameters());
    }
    return parameters;
  }

  @Override
  public long[] outputShape(long[]... inputs) {
    for (int i = 0; i < 2; i++) {
      new ShapeCheck("TransitionEmbedding", inputs().get(i), inputs[i])
          .rank("[batch, 1]", 2)
          .last("time", 1);
    }
    return new long[] {inputs[0][0], 2L * hidden};
  }

  @Override
  public VertexRunner fusedRunner(Map<String, INDArray> parameters) {
    return new FusedRunner(
        this, parameters, layout -> new TransitionEmbeddingKernel(layout, condition, separate));
  }

  @Override
  public SDVariable define(GraphScope scope) {
    SDVariable start = scope.input(START);
    SDVariable end = scope.input(END);
    SDVariable startEmbedding = phi().define(scope, start);
    SDVariable interval = psi().define(scope, condition.embedsDifference() ? start.sub(end) : end);
    if (condition.addsStart()) {
      interval = interval.add(startEmbedding);
    }
    if (condition.addsEnd()) {
      interval = interval.add(phi().define(scope, end));
    }
    return scope.graph().concat(1, startEmbedding, interval);
  }

  /** Builder; {@code hidden} must be set. */
  public static final class Builder extends VertexBuilder<TransitionEmbedding, Builder> {
    private int hidden;
    private IntervalCondition condition = IntervalCondition.T_MINUS_R;
    private boolean separate = true;

    private Builder() {}

    /** Dimension of each of the two embeddings. */
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

    @Override
    public TransitionEmbedding definition() {
      return new TransitionEmbedding(hidden, condition, separate);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
