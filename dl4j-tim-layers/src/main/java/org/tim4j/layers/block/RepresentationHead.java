package org.tim4j.layers.block;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.attention.TokenGrid;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.definition.Linear;
import org.tim4j.layers.definition.Silu;
import org.tim4j.layers.kernel.layer.SiluChainKernel;
import org.tim4j.layers.runtime.FusedRunner;
import org.tim4j.layers.vertex.GraphScope;
import org.tim4j.layers.vertex.MaskUse;
import org.tim4j.layers.vertex.Parameter;
import org.tim4j.layers.vertex.VertexBuilder;
import org.tim4j.layers.vertex.VertexDefinition;
import org.tim4j.layers.vertex.VertexRunner;

/**
 * The projector of representation alignment (Yu et al., arXiv 2410.06940): three linear maps with
 * SiLU between them.
 *
 * <p>Input {@code tokens} {@code [batch, height, width, hidden]} or {@code [batch, tokens,
 * hidden]}; output {@code [batch, tokens, features]}, the tokens of a grid row after row.
 */
public record RepresentationHead(int hidden, int inner, int features) implements VertexDefinition {
  private static final String TOKENS = "tokens";

  /**
   * Checks the settings.
   *
   * @throws org.tim4j.layers.base.InvalidInputException if one is not positive
   */
  public RepresentationHead {
    Require.atLeast("hidden", hidden, 1);
    Require.atLeast("inner", inner, 1);
    Require.atLeast("features", features, 1);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  private List<Linear> maps() {
    return List.of(
        Linear.numbered(ParameterNames.SOLE, 1, hidden, inner),
        Linear.numbered(ParameterNames.SOLE, 2, inner, inner),
        Linear.numbered(ParameterNames.SOLE, 3, inner, features));
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
    return maps().stream().flatMap(map -> map.parameters().stream()).toList();
  }

  @Override
  public long[] outputShape(long[]... inputs) {
    TokenGrid.check("RepresentationHead", TOKENS, inputs[0], hidden);
    TokenGrid grid = TokenGrid.of(inputs[0]);
    long tokens = grid.height() < 0 || grid.width() < 0 ? -1 : grid.tokens();
    return new long[] {inputs[0][0], tokens, features};
  }

  @Override
  public VertexRunner fusedRunner(Map<String, INDArray> parameters) {
    return new FusedRunner(this, parameters, layout -> new SiluChainKernel(layout, maps().size()));
  }

  @Override
  public SDVariable define(GraphScope scope) {
    SameDiff graph = scope.graph();
    List<Linear> maps = maps();
    SDVariable rows = maps.get(0).define(scope, scope.rows(TOKENS));
    for (Linear map : maps.subList(1, maps.size())) {
      rows = map.define(scope, Silu.define(scope, rows));
    }
    return graph.reshape(rows, -1, scope.tokens(TOKENS), features);
  }

  /** Builder; {@code hidden}, {@code inner} and {@code features} must be set. */
  public static final class Builder extends VertexBuilder<RepresentationHead, Builder> {
    private int hidden;
    private int inner;
    private int features;

    private Builder() {}

    /** Embedding dimension of the tokens. */
    public Builder hidden(int value) {
      hidden = value;
      return this;
    }

    /** Width of each of the two inner layers. */
    public Builder inner(int value) {
      inner = value;
      return this;
    }

    /** Features of the pretrained encoder. */
    public Builder features(int value) {
      features = value;
      return this;
    }

    @Override
    public RepresentationHead definition() {
      return new RepresentationHead(hidden, inner, features);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
