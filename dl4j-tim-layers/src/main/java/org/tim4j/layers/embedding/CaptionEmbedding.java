package org.tim4j.layers.embedding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.definition.GatedUnit;
import org.tim4j.layers.definition.LayerNorm;
import org.tim4j.layers.kernel.layer.CaptionEmbeddingKernel;
import org.tim4j.layers.runtime.FusedRunner;
import org.tim4j.layers.vertex.GraphScope;
import org.tim4j.layers.vertex.MaskUse;
import org.tim4j.layers.vertex.Parameter;
import org.tim4j.layers.vertex.ShapeCheck;
import org.tim4j.layers.vertex.VertexBuilder;
import org.tim4j.layers.vertex.VertexDefinition;
import org.tim4j.layers.vertex.VertexRunner;

/**
 * Features of a caption's tokens as hidden tokens: layer normalisation, then a gated unit of inner
 * width {@code 4·hidden}. Input {@code caption} {@code [batch, length, features]}, output {@code
 * [batch, length, hidden]}.
 */
public record CaptionEmbedding(int nIn, int hidden) implements VertexDefinition {
  private static final String CAPTION = "caption";
  private static final int INNER = 4;

  /**
   * Checks the settings.
   *
   * @throws org.tim4j.layers.base.InvalidInputException if one is not positive
   */
  public CaptionEmbedding {
    Require.atLeast("nIn", nIn, 1);
    Require.atLeast("hidden", hidden, 1);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  private LayerNorm norm() {
    return new LayerNorm(ParameterNames.CAPTION_GAIN, ParameterNames.CAPTION_BIAS, nIn);
  }

  private GatedUnit unit() {
    return new GatedUnit(ParameterNames.SOLE, nIn, (long) INNER * hidden, hidden);
  }

  @Override
  public List<String> inputs() {
    return List.of(CAPTION);
  }

  @Override
  public MaskUse maskUse(String input) {
    return MaskUse.CARRIED;
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(norm().parameters());
    parameters.addAll(unit().parameters(TimeEmbedding.SMALL, TimeEmbedding.SMALL));
    return parameters;
  }

  @Override
  public long[] outputShape(long[]... inputs) {
    new ShapeCheck("CaptionEmbedding", CAPTION, inputs[0])
        .rank("[batch, length, features]", 3)
        .last("features", nIn);
    return new long[] {inputs[0][0], inputs[0][1], hidden};
  }

  @Override
  public VertexRunner fusedRunner(Map<String, INDArray> parameters) {
    return new FusedRunner(this, parameters, CaptionEmbeddingKernel::new);
  }

  @Override
  public SDVariable define(GraphScope scope) {
    SDVariable rows = unit().define(scope, norm().define(scope, scope.rows(CAPTION), 1));
    return scope.graph().reshape(rows, outputShape(scope.shape(CAPTION)));
  }

  /** Builder; {@code nIn} and {@code hidden} must be set. */
  public static final class Builder extends VertexBuilder<CaptionEmbedding, Builder> {
    private int nIn;
    private int hidden;

    private Builder() {}

    /** Features a caption token. */
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
    public CaptionEmbedding definition() {
      return new CaptionEmbedding(nIn, hidden);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
