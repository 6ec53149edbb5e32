package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.loops.VectorMath;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.ParameterLayout;

/**
 * Classes {@code [batch, 1]} to the rows {@code [batch, D]} of a table. No error flows back: the
 * error of the input is 0.
 */
public final class ClassEmbeddingKernel extends SampleKernel {
  private final int width;
  private final long table;

  /**
   * @param layout parameter {@code table}
   */
  public ClassEmbeddingKernel(ParameterLayout layout) {
    super(layout);
    width = Math.toIntExact(layout.shape(ParameterNames.TABLE)[1]);
    table = layout.offset(ParameterNames.TABLE);
  }

  private long rowOf(Share share, int sample, float[] label) {
    share.input(0).read(sample, label);
    return table + (long) label[0] * width;
  }

  @Override
  protected void forward(Share share, FloatTensor output, Keep keep) {
    float[] label = share.scope().row(1);
    float[] row = share.scope().row(width);
    Matrix y = share.part(output);
    for (int i = 0; i < share.samples(); i++) {
      share.lane().weights().read(rowOf(share, i, label), row, width);
      y.write(i, row);
    }
  }

  @Override
  protected void backward(
      Share share, FloatTensor outputError, FloatTensor[] inputErrors, Keep kept) {
    float[] label = share.scope().row(1);
    float[] row = share.scope().row(width);
    float[] sum = share.scope().row(width);
    Matrix dy = share.part(outputError);
    for (int i = 0; i < share.samples(); i++) {
      long at = rowOf(share, i, label);
      dy.read(i, row);
      share.lane().gradients().read(at, sum, width);
      VectorMath.add(sum, row, width);
      share.lane().gradients().write(at, sum, width);
    }
    if (inputErrors[0] != null) {
      share.part(inputErrors[0]).zero();
    }
  }
}
