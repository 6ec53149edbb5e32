package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.loops.VectorMath;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.ParameterLayout;

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
  protected void forward(Share share, FloatTensor output, Keep keep) {
    float[] tokens = share.scope().row(length);
    float[] row = share.scope().row(width);
    float[] position = share.scope().row(width);
    Matrix y = share.part(output);
    for (int i = 0; i < share.samples(); i++) {
      share.input(0).read(i, tokens);
      for (int k = 0; k < length; k++) {
        share.lane().weights().read(table + (long) tokens[k] * width, row, width);
        share.lane().weights().read(positions + (long) k * width, position, width);
        VectorMath.add(row, position, width);
        y.write(i * length + k, row);
      }
    }
  }

  @Override
  protected void backward(
      Share share, FloatTensor outputError, FloatTensor[] inputErrors, Keep kept) {
    float[] tokens = share.scope().row(length);
    float[] row = share.scope().row(width);
    float[] sum = share.scope().row(width);
    Matrix dy = share.part(outputError);
    for (int i = 0; i < share.samples(); i++) {
      share.input(0).read(i, tokens);
      for (int k = 0; k < length; k++) {
        dy.read(i * length + k, row);
        add(share.lane().gradients(), table + (long) tokens[k] * width, row, sum);
        add(share.lane().gradients(), positions + (long) k * width, row, sum);
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
