package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.LinearMap;
import org.tim4j.layers.kernel.thread.Lane;

/**
 * Matrix {@code [batch, 1, numbers]} to tokens {@code [batch, columns, D]}, each by a map of its
 * own.
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
  protected void forward(Share share, FloatTensor output, Keep keep) {
    Lane lane = share.lane();
    Matrix y = share.part(output);
    bias.fill(lane, bySample(share, y));
    map.forward(lane, tokens(share), y, 1f);
  }

  @Override
  protected void backward(
      Share share, FloatTensor outputError, FloatTensor[] inputErrors, Keep kept) {
    Lane lane = share.lane();
    Matrix dy = share.part(outputError);
    Matrix tokens = tokens(share);
    bias.backward(lane, bySample(share, dy));
    map.backwardWeight(lane, tokens, dy);
    if (inputErrors[0] != null) {
      map.backwardInput(lane, dy, tokens, 0f);
      columns.join(lane.scratch(), tokens, share.part(inputErrors[0]));
    }
  }

  private Matrix tokens(Share share) {
    Matrix tokens = share.scope().matrix(share.samples() * columns.count(), map.in());
    columns.cut(share.lane().scratch(), share.input(0), tokens);
    return tokens;
  }

  /** All tokens of a sample as one row. */
  private Matrix bySample(Share share, Matrix tokens) {
    return tokens.reshaped(share.samples(), bias.width());
  }
}
