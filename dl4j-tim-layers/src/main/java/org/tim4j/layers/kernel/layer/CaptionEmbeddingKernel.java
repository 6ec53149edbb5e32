package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.base.MethodConstants;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.loops.RowNorm;
import org.tim4j.layers.kernel.loops.VectorMath;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.GatedFeedForward;
import org.tim4j.layers.kernel.thread.Worker;

/** Caption features {@code [batch, length, features]}: layer norm with affine, then SwiGLU. */
public final class CaptionEmbeddingKernel extends SampleKernel {
  private static final float EPSILON = (float) MethodConstants.AFFINE_EPSILON;

  private final Bias normGain;
  private final Bias normBias;
  private final GatedFeedForward unit;
  private final Bias bias;

  /**
   * @param layout parameters {@code gain}, {@code bias}, {@code W1}, {@code b1}, {@code W2}, {@code
   *     b2}
   */
  public CaptionEmbeddingKernel(ParameterLayout layout) {
    super(layout);
    unit = new GatedFeedForward(layout, ParameterNames.SOLE);
    normGain = new Bias(layout, ParameterNames.CAPTION_GAIN);
    normBias = new Bias(layout, ParameterNames.CAPTION_BIAS);
    bias = new Bias(layout, ParameterNames.bias(ParameterNames.SOLE, 2));
  }

  private Rows normalized(Share share) {
    Worker worker = share.worker();
    Rows x = share.input(0);
    Rows h = worker.scratchRows(x.count(), unit.in());
    int mark = worker.markRows();
    int n = unit.in();
    float[] gain = normGain.values(worker, share.weights());
    float[] shift = normBias.values(worker, share.weights());
    float[] row = worker.row(n);
    for (int i = 0; i < x.count(); i++) {
      x.read(i, row);
      RowNorm.normalize(row, 0, n, EPSILON);
      VectorMath.multiply(row, gain, n);
      VectorMath.add(row, shift, n);
      h.write(i, row);
    }
    worker.releaseRows(mark);
    return h;
  }

  @Override
  public void forward(Share share, FloatTensor output, Keep keep) {
    Worker worker = share.worker();
    Rows h = normalized(share);
    Rows y = share.part(output);
    bias.fill(worker, share.weights(), y);
    Rows gates = worker.scratchRows(h.count(), unit.keptWidth());
    unit.forward(worker, share.weights(), h, gates, y, 1f);
  }

  @Override
  public void backward(
      Share share,
      FloatMemory gradients,
      FloatTensor outputError,
      FloatTensor[] inputErrors,
      Keep kept) {
    Worker worker = share.worker();
    Rows h = normalized(share);
    Rows dy = share.part(outputError);
    Rows gates = worker.scratchRows(h.count(), unit.keptWidth());
    Rows dh = worker.scratchRows(h.count(), unit.in());
    unit.fillKept(worker, share.weights(), h, gates);
    bias.backward(worker, gradients, dy);
    unit.backward(worker, share.weights(), gradients, h, gates, dy, dh, 0f);
    backwardNorm(share, gradients, dh, inputErrors[0]);
  }

  private void backwardNorm(Share share, FloatMemory gradients, Rows dh, FloatTensor inputError) {
    Worker worker = share.worker();
    int mark = worker.markRows();
    int n = unit.in();
    float[] gain = normGain.values(worker, share.weights());
    float[] dGain = worker.zeroRow(n);
    float[] dBias = worker.zeroRow(n);
    float[] row = worker.row(n);
    float[] error = worker.row(n);
    for (int i = 0; i < dh.count(); i++) {
      share.input(0).read(i, row);
      dh.read(i, error);
      float scale = RowNorm.normalize(row, 0, n, EPSILON);
      VectorMath.addProduct(dGain, error, row, n);
      VectorMath.add(dBias, error, n);
      VectorMath.multiply(error, gain, n);
      RowNorm.backward(row, error, 0, n, scale);
      if (inputError != null) {
        share.part(inputError).write(i, error);
      }
    }
    normGain.accumulate(worker, gradients, dGain);
    normBias.accumulate(worker, gradients, dBias);
    worker.releaseRows(mark);
  }
}
