package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.base.MethodConstants;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.loops.RowNorm;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.loops.VectorMath;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.GatedFeedForward;
import org.tim4j.layers.kernel.thread.Lane;

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

  private Matrix normalized(Share share) {
    Lane lane = share.lane();
    Matrix x = share.input(0);
    Matrix h = share.scope().matrix(x.rows(), unit.in());
    try (Scratch.Scope scope = lane.open()) {
      int n = unit.in();
      float[] gain = normGain.values(lane, scope);
      float[] shift = normBias.values(lane, scope);
      float[] row = scope.row(n);
      for (int i = 0; i < x.rows(); i++) {
        x.read(i, row);
        RowNorm.normalize(row, 0, n, EPSILON);
        VectorMath.multiply(row, gain, n);
        VectorMath.add(row, shift, n);
        h.write(i, row);
      }
    }
    return h;
  }

  @Override
  protected void forward(Share share, FloatTensor output, Keep keep) {
    Lane lane = share.lane();
    Matrix h = normalized(share);
    Matrix y = share.part(output);
    bias.fill(lane, y);
    Matrix gates = share.scope().matrix(h.rows(), unit.keptWidth());
    unit.forward(lane, h, gates, y, 1f);
  }

  @Override
  protected void backward(
      Share share, FloatTensor outputError, FloatTensor[] inputErrors, Keep kept) {
    Lane lane = share.lane();
    Matrix h = normalized(share);
    Matrix dy = share.part(outputError);
    Matrix gates = share.scope().matrix(h.rows(), unit.keptWidth());
    Matrix dh = share.scope().matrix(h.rows(), unit.in());
    unit.fillKept(lane, h, gates);
    bias.backward(lane, dy);
    unit.backward(lane, h, gates, dy, dh, 0f);
    backwardNorm(share, dh, share.partOrNull(inputErrors[0]));
  }

  private void backwardNorm(Share share, Matrix dh, Matrix dx) {
    Lane lane = share.lane();
    try (Scratch.Scope scope = lane.open()) {
      int n = unit.in();
      float[] gain = normGain.values(lane, scope);
      float[] dGain = scope.zeroRow(n);
      float[] dBias = scope.zeroRow(n);
      float[] row = scope.row(n);
      float[] error = scope.row(n);
      for (int i = 0; i < dh.rows(); i++) {
        share.input(0).read(i, row);
        dh.read(i, error);
        float scale = RowNorm.normalize(row, 0, n, EPSILON);
        VectorMath.addProduct(dGain, error, row, n);
        VectorMath.add(dBias, error, n);
        VectorMath.multiply(error, gain, n);
        RowNorm.backward(row, error, 0, n, scale);
        if (dx != null) {
          dx.write(i, error);
        }
      }
      normGain.accumulate(lane, dGain);
      normBias.accumulate(lane, dBias);
    }
  }
}
