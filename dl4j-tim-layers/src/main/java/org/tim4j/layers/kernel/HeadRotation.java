package org.tim4j.layers.kernel;

/** Normalisation and rotation of the heads of query and key rows, and their backward. */
final class HeadRotation {
  private final HeadNorm norm;
  private final int width;
  private final int headDim;

  /**
   * @param width values of all heads
   */
  HeadRotation(HeadNorm norm, int width, int headDim) {
    this.norm = norm;
    this.width = width;
    this.headDim = headDim;
  }

  /** See {@link HeadNorm#affine}. */
  HeadNorm.Affine affine(Worker worker, FloatMemory weights) {
    return norm.affine(worker, weights);
  }

  /** Normalises and rotates the heads of a token that start at {@code from}, in place. */
  void forward(HeadNorm.Affine affine, RotaryTable rotary, float[] row, int from, int token) {
    for (int at = from; at < from + width; at += headDim) {
      norm.forward(affine, row, at);
      if (rotary != null) {
        rotary.rotate(row, at, token);
      }
    }
  }

  /**
   * Turns the error of a token's heads into the error before normalisation and rotation.
   *
   * @param row the heads before normalisation; overwritten
   */
  void backward(
      HeadNorm.Affine affine, RotaryTable rotary, float[] row, float[] error, int from, int token) {
    for (int at = from; at < from + width; at += headDim) {
      if (rotary != null) {
        rotary.rotateBack(error, at, token);
      }
      norm.backward(affine, row, error, at);
    }
  }

  /** Adds the summed gradients of the affine. */
  void accumulate(Worker worker, FloatMemory gradients, HeadNorm.Affine affine) {
    norm.accumulate(worker, gradients, affine);
  }
}
