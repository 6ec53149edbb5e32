package org.tim4j.layers.embedding;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.kernel.layer.TextEmbeddingKernel;
import org.tim4j.layers.runtime.FusedRunner;
import org.tim4j.layers.vertex.GraphScope;
import org.tim4j.layers.vertex.Parameter;
import org.tim4j.layers.vertex.ShapeCheck;
import org.tim4j.layers.vertex.VertexDefinition;
import org.tim4j.layers.vertex.VertexRunner;

/**
 * One learned vector a token plus one a position: input {@code tokens} {@code [batch, length]},
 * whole numbers from 0 below {@code vocabulary}; output {@code [batch, length, features]}. No error
 * flows back to the tokens.
 *
 * @param vocabulary number of tokens
 * @param length tokens of every text, the padding counted
 * @param features numbers a token
 */
public record TextTable(int vocabulary, int length, int features) implements VertexDefinition {
  private static final String TOKENS = "tokens";

  /**
   * Checks the settings.
   *
   * @throws InvalidInputException if one is not positive
   */
  public TextTable {
    Require.atLeast("vocabulary", vocabulary, 1);
    Require.atLeast("length", length, 1);
    Require.atLeast("features", features, 1);
  }

  @Override
  public List<String> inputs() {
    return List.of(TOKENS);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.weight("table", vocabulary, features, TimeProjection.SMALL),
        Parameter.weight("positions", length, features, TimeProjection.SMALL));
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
            "%s is no token: tokens are the whole numbers from 0 to %d."
                .formatted(token, vocabulary - 1));
      }
    }
  }

  @Override
  public VertexRunner fusedRunner(Map<String, INDArray> parameters) {
    return new FusedRunner(this, parameters, TextEmbeddingKernel::new);
  }

  @Override
  public SDVariable define(GraphScope scope) {
    // A product with one-hot rows, as in ClassTable.
    SDVariable index = scope.graph().reshape(scope.input(TOKENS).castTo(DataType.INT32), -1);
    SDVariable oneHot = scope.graph().oneHot(index, vocabulary, -1, 1.0, 0.0, scope.type());
    long row = (long) length * features;
    SDVariable texts =
        scope.graph().reshape(scope.graph().mmul(oneHot, scope.parameter("table")), -1, row);
    SDVariable positions = scope.graph().reshape(scope.parameter("positions"), row);
    return scope.graph().reshape(texts.add(positions), -1, length, features);
  }
}
