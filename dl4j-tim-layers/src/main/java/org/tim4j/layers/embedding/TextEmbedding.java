package org.tim4j.layers.embedding;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.kernel.layer.TextEmbeddingKernel;
import org.tim4j.layers.runtime.FusedRunner;
import org.tim4j.layers.vertex.GraphScope;
import org.tim4j.layers.vertex.MaskUse;
import org.tim4j.layers.vertex.Parameter;
import org.tim4j.layers.vertex.ShapeCheck;
import org.tim4j.layers.vertex.VertexBuilder;
import org.tim4j.layers.vertex.VertexDefinition;
import org.tim4j.layers.vertex.VertexRunner;

/**
 * One learned vector a token plus one a position: input {@code tokens} {@code [batch, length]},
 * whole numbers from 0 below {@code vocabulary}; output {@code [batch, length, features]}. No error
 * flows back to the tokens.
 *
 * @param vocabulary number of tokens
 * @param length tokens of every text, the padding counted
 * @param features embedding dimension of the tokens
 */
public record TextEmbedding(int vocabulary, int length, int features) implements VertexDefinition {
  private static final String TOKENS = "tokens";

  /**
   * Checks the settings.
   *
   * @throws InvalidInputException if one is not positive
   */
  public TextEmbedding {
    Require.atLeast("vocabulary", vocabulary, 1);
    Require.atLeast("length", length, 1);
    Require.atLeast("features", features, 1);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public List<String> inputs() {
    return List.of(TOKENS);
  }

  @Override
  public MaskUse maskUse(String input) {
    return MaskUse.CARRIED;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.weight(ParameterNames.TABLE, vocabulary, features, TimeEmbedding.SMALL),
        Parameter.weight(ParameterNames.POSITIONS, length, features, TimeEmbedding.SMALL));
  }

  @Override
  public boolean isDifferentiable(String input) {
    return false;
  }

  @Override
  public long[] outputShape(long[]... inputs) {
    new ShapeCheck("TextEmbedding", TOKENS, inputs[0])
        .rank("[batch, length]", 2)
        .last("length", length);
    return new long[] {inputs[0][0], length, features};
  }

  @Override
  public void validateValues(INDArray[] inputs) {
    for (double token : inputs[0].dup('c').data().asDouble()) {
      if (!(token >= 0 && token < vocabulary && token == Math.rint(token))) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "%s is no token: tokens are the whole numbers from 0 to %d.",
                token,
                vocabulary - 1));
      }
    }
  }

  @Override
  public VertexRunner fusedRunner(Map<String, INDArray> parameters) {
    return new FusedRunner(this, parameters, TextEmbeddingKernel::new);
  }

  @Override
  public SDVariable define(GraphScope scope) {
    // A product with one-hot rows, as in ClassEmbedding.
    SDVariable index = scope.graph().reshape(scope.input(TOKENS).castTo(DataType.INT32), -1);
    SDVariable oneHot = scope.graph().oneHot(index, vocabulary, -1, 1.0, 0.0, scope.type());
    long row = (long) length * features;
    SDVariable texts =
        scope
            .graph()
            .reshape(scope.graph().mmul(oneHot, scope.parameter(ParameterNames.TABLE)), -1, row);
    SDVariable positions = scope.graph().reshape(scope.parameter(ParameterNames.POSITIONS), row);
    return scope.graph().reshape(texts.add(positions), -1, length, features);
  }

  /** Builder; {@code vocabulary}, {@code length} and {@code features} must be set. */
  public static final class Builder extends VertexBuilder<TextEmbedding, Builder> {
    private int vocabulary;
    private int length;
    private int features;

    private Builder() {}

    /** Number of tokens. */
    public Builder vocabulary(int value) {
      vocabulary = value;
      return this;
    }

    /** Tokens of every text, the padding counted. */
    public Builder length(int value) {
      length = value;
      return this;
    }

    /** Embedding dimension of the tokens. */
    public Builder features(int value) {
      features = value;
      return this;
    }

    @Override
    public TextEmbedding definition() {
      return new TextEmbedding(vocabulary, length, features);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
