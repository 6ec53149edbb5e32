package org.tim4j.layers.block;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.attention.TokenGrid;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.definition.GatedUnit;
import org.tim4j.layers.definition.LayerNorm;
import org.tim4j.layers.definition.Linear;
import org.tim4j.layers.kernel.layer.OutputProjectionKernel;
import org.tim4j.layers.runtime.FusedRunner;
import org.tim4j.layers.vertex.GraphScope;
import org.tim4j.layers.vertex.InitialValue;
import org.tim4j.layers.vertex.MaskUse;
import org.tim4j.layers.vertex.Parameter;
import org.tim4j.layers.vertex.ShapeCheck;
import org.tim4j.layers.vertex.VertexBuilder;
import org.tim4j.layers.vertex.VertexDefinition;
import org.tim4j.layers.vertex.VertexRunner;

/**
 * The last vertex: {@code (shift, scale) = SwiGLU(c)}, {@code y = (LayerNorm(x)·(1 + scale) +
 * shift)·W + b}, laid out as an image.
 *
 * <p>Inputs {@code tokens} {@code [batch, height, width, hidden]} and {@code condition} {@code
 * [batch, hidden]}; output {@code [batch, channels, height·patch, width·patch]}. For tokens {@code
 * [batch, tokens, hidden]} the patch is 1 and the output {@code [batch, tokens, channels]}. The
 * columns of {@code W} are in the order row, column, channel (the patch embedding's rows are
 * channel first). At first the output is 0.
 */
public record OutputProjection(int hidden, int channels, int patch) implements VertexDefinition {
  private static final String TOKENS = "tokens";
  private static final String CONDITION = "condition";

  /**
   * Checks the settings.
   *
   * @throws InvalidInputException if one is not positive
   */
  public OutputProjection {
    Require.atLeast("hidden", hidden, 1);
    Require.atLeast("channels", channels, 1);
    Require.atLeast("patch", patch, 1);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  private GatedUnit modulation() {
    return new GatedUnit(ParameterNames.MODULATION, hidden, Math.max(1, hidden / 2), 2L * hidden);
  }

  private Linear projection() {
    return Linear.named(ParameterNames.SOLE, hidden, (long) patch * patch * channels);
  }

  @Override
  public List<String> inputs() {
    return List.of(TOKENS, CONDITION);
  }

  /** A patch of several pixels has no mask of its tokens. */
  @Override
  public MaskUse maskUse(String input) {
    return input.equals(TOKENS) && patch == 1 ? MaskUse.CARRIED : MaskUse.REFUSED;
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(modulation().parametersWithZeroOutput());
    parameters.addAll(projection().parameters(InitialValue.ZERO));
    return parameters;
  }

  @Override
  public CNN2DFormat outputFormat() {
    return CNN2DFormat.NCHW;
  }

  @Override
  public long[] outputShape(long[]... inputs) {
    long[] shape = inputs[0];
    TokenGrid.check("OutputProjection", TOKENS, shape, hidden);
    new ShapeCheck("OutputProjection", CONDITION, inputs[1])
        .rank("[batch, hidden]", 2)
        .last("numbers", hidden);
    if (shape.length == 4) {
      return new long[] {shape[0], channels, shape[1] * patch, shape[2] * patch};
    }
    if (patch != 1) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "Tokens without a grid cannot be laid out in patches of %d; set patch to 1.",
              patch));
    }
    return new long[] {shape[0], shape[1], channels};
  }

  @Override
  public VertexRunner fusedRunner(Map<String, INDArray> parameters) {
    return new FusedRunner(this, parameters, layout -> new OutputProjectionKernel(layout, patch));
  }

  @Override
  public SDVariable define(GraphScope scope) {
    SameDiff graph = scope.graph();
    long[] shape = scope.shape(TOKENS);
    TokenGrid grid = TokenGrid.of(shape);
    List<SDVariable> shiftAndScale =
        scope.split(graph.expandDims(modulation().define(scope, scope.input(CONDITION)), 1), 2, 3);
    SDVariable x = graph.reshape(scope.input(TOKENS), -1, grid.tokens(), hidden);
    SDVariable modulated =
        LayerNorm.modulate(scope, x, 2, shiftAndScale.get(0), shiftAndScale.get(1));
    SDVariable rows = projection().define(scope, scope.rows(modulated, hidden));
    if (!grid.positioned()) {
      return graph.reshape(rows, -1, grid.tokens(), channels);
    }
    SDVariable cut = graph.reshape(rows, -1, grid.height(), grid.width(), patch, patch, channels);
    return graph.reshape(
        graph.permute(cut, 0, 5, 1, 3, 2, 4),
        -1,
        channels,
        grid.height() * patch,
        grid.width() * patch);
  }

  /** Builder; {@code hidden} and {@code channels} must be set. */
  public static final class Builder extends VertexBuilder<OutputProjection, Builder> {
    private int hidden;
    private int channels;
    private int patch = 1;

    private Builder() {}

    /** Embedding dimension of the tokens. */
    public Builder hidden(int value) {
      hidden = value;
      return this;
    }

    /** Channels of the image, or features of a token. */
    public Builder channels(int value) {
      channels = value;
      return this;
    }

    /** Side of a patch in pixels; 1 unless set. */
    public Builder patch(int value) {
      patch = value;
      return this;
    }

    @Override
    public OutputProjection definition() {
      return new OutputProjection(hidden, channels, patch);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
