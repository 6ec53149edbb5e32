package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.GatedFeedForward;
import org.tim4j.layers.kernel.nn.LinearMap;
import org.tim4j.layers.kernel.nn.ModulatedNorm;
import org.tim4j.layers.kernel.nn.Modulation;
import org.tim4j.layers.kernel.thread.Worker;

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
  private Modulation modulate(Share share, Rows kept, Rows errors) {
    Worker worker = share.worker();
    Rows values = worker.scratchRows(share.samples(), modulation.out());
    modulationBias.fill(worker, share.weights(), values);
    modulation.forward(worker, share.weights(), share.input(CONDITION), kept, values, 1f);
    int tokens = share.input(TOKENS).count() / share.samples();
    return new Modulation(values, errors, 0, tokens, map.in());
  }

  @Override
  public void forward(Share share, FloatTensor output, Keep keep) {
    Worker worker = share.worker();
    Rows x = share.input(TOKENS);
    Rows kept = worker.scratchRows(share.samples(), modulation.keptWidth());
    Modulation modulated = modulate(share, kept, null);
    Rows h = worker.scratchRows(x.count(), map.in());
    norm.forward(worker, modulated, 0, x, h);
    Rows y = isJoined(share) ? worker.scratchRows(x.count(), map.out()) : share.part(output);
    map.forward(worker, share.weights(), bias, h, y);
    if (columns.count() > 0) {
      columns.join(worker, y, share.part(output));
    } else if (isGrid(share)) {
      patches(share.inputs()[TOKENS]).join(worker, y, output.memory(), share.from());
    }
  }

  @Override
  public void backward(
      Share share,
      FloatMemory gradients,
      FloatTensor outputError,
      FloatTensor[] inputErrors,
      Keep kept) {
    Worker worker = share.worker();
    Rows x = share.input(TOKENS);
    Rows unitKept = worker.scratchRows(share.samples(), modulation.keptWidth());
    Rows errors = worker.scratchRows(share.samples(), modulation.out());
    errors.zero();
    Modulation modulated = modulate(share, unitKept, errors);
    Rows h = worker.scratchRows(x.count(), map.in());
    norm.forward(worker, modulated, 0, x, h);
    Rows dy = error(share, outputError);
    bias.backward(worker, gradients, dy);
    map.backwardWeight(worker, gradients, h, dy);
    map.backwardInput(worker, share.weights(), dy, h, 0f);
    Rows dx = share.part(inputErrors[TOKENS]);
    dx.zero();
    norm.backward(worker, modulated, 0, x, h, dx);
    modulationBias.backward(worker, gradients, errors);
    modulation.backward(
        worker,
        share.weights(),
        gradients,
        share.input(CONDITION),
        unitKept,
        errors,
        share.part(inputErrors[CONDITION]),
        0f);
  }

  private Rows error(Share share, FloatTensor outputError) {
    if (!isJoined(share)) {
      return share.part(outputError);
    }
    Rows dy = share.worker().scratchRows(share.input(TOKENS).count(), map.out());
    if (columns.count() > 0) {
      columns.cut(share.worker(), share.part(outputError), dy);
    } else {
      patches(share.inputs()[TOKENS]).cut(share.worker(), outputError.memory(), share.from(), dy);
    }
    return dy;
  }
}
