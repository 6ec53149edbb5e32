package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.GatedFeedForward;
import org.tim4j.layers.kernel.nn.LinearMap;
import org.tim4j.layers.kernel.nn.ModulatedNorm;
import org.tim4j.layers.kernel.nn.Modulation;
import org.tim4j.layers.kernel.thread.Lane;

/**
 * Tokens and condition to a picture {@code [batch, channels, height, width]}, or to {@code [batch,
 * tokens, channels]} for tokens without a grid, or to rows {@code [batch, 1, numbers]} of a table:
 * modulated layer norm, linear map, patches or columns joined.
 */
public final class OutputProjectionKernel extends SampleKernel {
  private static final int TOKENS = 0;
  private static final int CONDITION = 1;

  private final GatedFeedForward modulation;
  private final Bias modulationBias;
  private final ModulatedNorm norm = new ModulatedNorm(0);
  private final LinearMap map;
  private final Bias bias;
  private final int patch;
  private final ColumnTokens columns;

  /**
   * @param layout parameters {@code modW1 … modb2}, {@code W} (columns in the order row, column,
   *     channel) and {@code b}
   * @param patch side of a patch
   */
  public OutputProjectionKernel(ParameterLayout layout, int patch) {
    this(layout, patch, ColumnTokens.NONE);
  }

  /**
   * @param layout parameters {@code modW1 … modb2}, {@code W} and {@code b} (a value for each
   *     number of a row)
   * @param columns the column of each token
   */
  public OutputProjectionKernel(ParameterLayout layout, ColumnTokens columns) {
    this(layout, 1, columns);
  }

  private OutputProjectionKernel(ParameterLayout layout, int patch, ColumnTokens columns) {
    super(layout);
    modulation = new GatedFeedForward(layout, ParameterNames.MODULATION);
    modulationBias = new Bias(layout, ParameterNames.bias(ParameterNames.MODULATION, 2));
    map = new LinearMap(layout, ParameterNames.weight(ParameterNames.SOLE));
    bias = new Bias(layout, ParameterNames.bias(ParameterNames.SOLE));
    this.patch = patch;
    this.columns = columns;
  }

  private Patches patches(FloatTensor tokens) {
    return new Patches(
        map.out() / (patch * patch),
        tokens.size(1) * patch,
        tokens.size(2) * patch,
        patch,
        Patches.Order.CHANNEL_LAST);
  }

  private static boolean isGrid(Share share) {
    return share.inputs()[TOKENS].shape().length == 4;
  }

  /** Whether what the map gives is not yet the output. */
  private boolean isJoined(Share share) {
    return columns.count() > 0 || isGrid(share);
  }

  /** Makes the modulation of the share's samples and the rows that the gate unit keeps. */
  private Modulation modulate(Share share, Matrix kept) {
    Lane lane = share.lane();
    Matrix values = share.scope().matrix(share.samples(), modulation.out());
    modulationBias.fill(lane, values);
    modulation.forward(lane, share.input(CONDITION), kept, values, 1f);
    int tokens = share.input(TOKENS).rows() / share.samples();
    return new Modulation(values, 0, tokens, map.in());
  }

  @Override
  protected void forward(Share share, FloatTensor output, Keep keep) {
    Lane lane = share.lane();
    Matrix x = share.input(TOKENS);
    Matrix kept = share.scope().matrix(share.samples(), modulation.keptWidth());
    Modulation modulated = modulate(share, kept);
    Matrix h = share.scope().matrix(x.rows(), map.in());
    norm.forward(lane, modulated, 0, x, h);
    Matrix y = isJoined(share) ? share.scope().matrix(x.rows(), map.out()) : share.part(output);
    map.forward(lane, bias, h, y);
    if (columns.count() > 0) {
      columns.join(lane.scratch(), y, share.part(output));
    } else if (isGrid(share)) {
      patches(share.inputs()[TOKENS]).join(lane.scratch(), y, output.memory(), share.from());
    }
  }

  @Override
  protected void backward(
      Share share, FloatTensor outputError, FloatTensor[] inputErrors, Keep kept) {
    Lane lane = share.lane();
    Matrix x = share.input(TOKENS);
    Matrix unitKept = share.scope().matrix(share.samples(), modulation.keptWidth());
    Matrix errors = share.scope().matrix(share.samples(), modulation.out());
    errors.zero();
    Modulation modulated = modulate(share, unitKept);
    Matrix h = share.scope().matrix(x.rows(), map.in());
    norm.forward(lane, modulated, 0, x, h);
    Matrix dy = error(share, outputError);
    bias.backward(lane, dy);
    map.backwardWeight(lane, h, dy);
    map.backwardInput(lane, dy, h, 0f);
    Matrix dx = share.part(inputErrors[TOKENS]);
    dx.zero();
    norm.backward(lane, modulated, modulated.with(errors), 0, x, h, dx);
    modulationBias.backward(lane, errors);
    modulation.backward(
        lane, share.input(CONDITION), unitKept, errors, share.part(inputErrors[CONDITION]), 0f);
  }

  private Matrix error(Share share, FloatTensor outputError) {
    if (!isJoined(share)) {
      return share.part(outputError);
    }
    Matrix dy = share.scope().matrix(share.input(TOKENS).rows(), map.out());
    if (columns.count() > 0) {
      columns.cut(share.lane().scratch(), share.part(outputError), dy);
    } else {
      patches(share.inputs()[TOKENS])
          .cut(share.lane().scratch(), outputError.memory(), share.from(), dy);
    }
    return dy;
  }
}
