package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.LinearMap;
import org.tim4j.layers.kernel.thread.Worker;

/**
 * Rows {@code [batch, 1, numbers]} to tokens {@code [batch, columns, D]}, each by a map of its own.
 */
public final class FeatureTokenizerKernel extends SampleKernel {
  private final ColumnTokens columns;
  private final LinearMap map;
  private final Bias bias;

  /**
   * @param layout parameters {@code W} (a row for each number) and {@code b} (a row for each
   *     column)
   */
  public FeatureTokenizerKernel(ParameterLayout layout, ColumnTokens columns) {
    super(layout);
    this.columns = columns;
    map = new LinearMap(layout, ParameterNames.weight(ParameterNames.SOLE));
    // All tokens of a row lie behind each other, and so do their biases.
    bias =
        new Bias(layout, ParameterNames.bias(ParameterNames.SOLE), 0, columns.count() * map.out());
  }

  @Override
  public void forward(Share share, FloatTensor output, Keep keep) {
    Worker worker = share.worker();
    Rows y = share.part(output);
    bias.fill(worker, share.weights(), bySample(share, y));
    map.forward(worker, share.weights(), tokens(share), y, 1f);
  }

  @Override
  public void backward(
      Share share,
      FloatMemory gradients,
      FloatTensor outputError,
      FloatTensor[] inputErrors,
      Keep kept) {
    Worker worker = share.worker();
    Rows dy = share.part(outputError);
    Rows tokens = tokens(share);
    bias.backward(worker, gradients, bySample(share, dy));
    map.backwardWeight(worker, gradients, tokens, dy);
    if (inputErrors[0] != null) {
      map.backwardInput(worker, share.weights(), dy, tokens, 0f);
      columns.join(worker, tokens, share.part(inputErrors[0]));
    }
  }

  private Rows tokens(Share share) {
    Rows tokens = share.worker().scratchRows(share.samples() * columns.count(), map.in());
    columns.cut(share.worker(), share.input(0), tokens);
    return tokens;
  }

  /** All tokens of a sample as one row. */
  private Rows bySample(Share share, Rows tokens) {
    return new Rows(tokens.memory(), tokens.offset(), share.samples(), bias.width());
  }
}
