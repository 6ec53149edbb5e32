package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.loops.VectorMath;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.Rows;

/**
 * Tokens {@code [batch, length]} to {@code [batch, length, D]}: a row of a table plus a row of its
 * position. No error flows back: the error of the input is 0.
 */
public final class TextEmbeddingKernel extends SampleKernel {
  private final int length;
  private final int width;
  private final long table;
  private final long positions;

  /**
   * @param layout parameters {@code table} and {@code positions}
   */
  public TextEmbeddingKernel(ParameterLayout layout) {
    super(layout);
    length = Math.toIntExact(layout.shape(ParameterNames.POSITIONS)[0]);
    width = Math.toIntExact(layout.shape(ParameterNames.POSITIONS)[1]);
    table = layout.offset(ParameterNames.TABLE);
    positions = layout.offset(ParameterNames.POSITIONS);
  }

  @Override
  public void forward(Share share, FloatTensor output, Keep keep) {
    float[] tokens = share.worker().row(length);
    float[] row = share.worker().row(width);
    float[] position = share.worker().row(width);
    Rows y = share.part(output);
    for (int i = 0; i < share.samples(); i++) {
      share.input(0).read(i, tokens);
      for (int k = 0; k < length; k++) {
        share.weights().read(table + (long) tokens[k] * width, row, width);
        share.weights().read(positions + (long) k * width, position, width);
        VectorMath.add(row, position, width);
        y.write(i * length + k, row);
      }
    }
  }

  @Override
  public void backward(
      Share share,
      FloatMemory gradients,
      FloatTensor outputError,
      FloatTensor[] inputErrors,
      Keep kept) {
    float[] tokens = share.worker().row(length);
    float[] row = share.worker().row(width);
    float[] sum = share.worker().row(width);
    Rows dy = share.part(outputError);
    for (int i = 0; i < share.samples(); i++) {
      share.input(0).read(i, tokens);
      for (int k = 0; k < length; k++) {
        dy.read(i * length + k, row);
        add(gradients, table + (long) tokens[k] * width, row, sum);
        add(gradients, positions + (long) k * width, row, sum);
      }
    }
    if (inputErrors[0] != null) {
      share.part(inputErrors[0]).zero();
    }
  }

  private void add(FloatMemory gradients, long at, float[] row, float[] sum) {
    gradients.read(at, sum, width);
    VectorMath.add(sum, row, width);
    gradients.write(at, sum, width);
  }
}
