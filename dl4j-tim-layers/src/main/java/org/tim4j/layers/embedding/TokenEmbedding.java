package org.tim4j.layers.embedding;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.definition.Linear;
import org.tim4j.layers.kernel.layer.TokenEmbeddingKernel;
import org.tim4j.layers.runtime.FusedRunner;
import org.tim4j.layers.vertex.GraphScope;
import org.tim4j.layers.vertex.MaskUse;
import org.tim4j.layers.vertex.Parameter;
import org.tim4j.layers.vertex.ShapeCheck;
import org.tim4j.layers.vertex.VertexBuilder;
import org.tim4j.layers.vertex.VertexDefinition;
import org.tim4j.layers.vertex.VertexRunner;

/**
 * Tokens that are no patches of an image: input {@code tokens} {@code [batch, tokens, features]},
 * output {@code [batch, tokens, hidden]}. Tokens have no positions; what tells them apart must be
 * among their features.
 */
public record TokenEmbedding(int nIn, int hidden) implements VertexDefinition {
  private static final String TOKENS = "tokens";

  /**
   * Checks the settings.
   *
   * @throws org.tim4j.layers.base.InvalidInputException if one is not positive
   */
  public TokenEmbedding {
    Require.atLeast("nIn", nIn, 1);
    Require.atLeast("hidden", hidden, 1);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  private Linear projection() {
    return Linear.named(ParameterNames.SOLE, nIn, hidden);
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
    return projection().parameters();
  }

  @Override
  public long[] outputShape(long[]... inputs) {
    new ShapeCheck("TokenEmbedding", TOKENS, inputs[0])
        .rank("[batch, tokens, features]", 3)
        .last("features", nIn);
    return new long[] {inputs[0][0], inputs[0][1], hidden};
  }

  @Override
  public VertexRunner fusedRunner(Map<String, INDArray> parameters) {
    return new FusedRunner(this, parameters, TokenEmbeddingKernel::new);
  }

  @Override
  public SDVariable define(GraphScope scope) {
    SDVariable rows = projection().define(scope, scope.rows(TOKENS));
    return scope.graph().reshape(rows, outputShape(scope.shape(TOKENS)));
  }

  /** Builder; {@code nIn} and {@code hidden} must be set. */
  public static final class Builder extends VertexBuilder<TokenEmbedding, Builder> {
    private int nIn;
    private int hidden;

    private Builder() {}

    /** Features a token. */
    public Builder nIn(int value) {
      nIn = value;
      return this;
    }

    /** Embedding dimension of the tokens. */
    public Builder hidden(int value) {
      hidden = value;
      return this;
    }

    @Override
    public TokenEmbedding definition() {
      return new TokenEmbedding(nIn, hidden);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
