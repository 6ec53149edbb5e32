package org.tim4j.layers.kernel;

/** Normalisation and rotation of the heads of queries or keys, and their backward. */
final class HeadRotation {
  private final HeadNorm norm;
  private final int headDim;

  HeadRotation(HeadNorm norm, int headDim) {
    this.norm = norm;
    this.headDim = headDim;
  }

  /** See {@link HeadNorm#affine}. */
  HeadNorm.Affine affine(Worker worker, FloatMemory weights) {
    return norm.affine(worker, weights);
  }

  private int stripLength(RotaryTable rotary, int token, int count) {
    int longest = rotary == null ? HeadStrip.length(headDim) : rotary.stripLength(token);
    return Math.min(longest, count - token);
  }

  /**
   * Fills {@code ready} with the normalised and rotated heads of {@code raw}.
   *
   * @param rotary null if there is no rotation
   * @param raw tokens of whole samples
   */
  void forward(
      Worker worker, HeadNorm.Affine affine, RotaryTable rotary, Columns raw, Columns ready) {
    int mark = worker.markRows();
    HeadStrip head = new HeadStrip(worker, headDim);
    int n;
    for (int token = 0; token < raw.count(); token += n) {
      n = stripLength(rotary, token, raw.count());
      for (int at = 0; at < raw.height(); at += headDim) {
        head.read(raw, at, token, n);
        norm.forward(affine, head);
        if (rotary != null) {
          rotary.rotate(head, token);
        }
        head.write(ready, at, token);
      }
    }
    worker.releaseRows(mark);
  }

  /**
   * Turns the errors {@code d} at the normalised and rotated heads into the errors at {@code raw}.
   */
  void backward(Worker worker, HeadNorm.Affine affine, RotaryTable rotary, Columns raw, Columns d) {
    if (affine == null && rotary == null) {
      return;
    }
    int mark = worker.markRows();
    HeadStrip head = new HeadStrip(worker, headDim);
    HeadStrip error = new HeadStrip(worker, headDim);
    int n;
    for (int token = 0; token < raw.count(); token += n) {
      n = stripLength(rotary, token, raw.count());
      for (int at = 0; at < raw.height(); at += headDim) {
        head.read(raw, at, token, n);
        error.read(d, at, token, n);
        if (rotary != null) {
          rotary.rotateBack(error, token);
        }
        norm.backward(affine, head, error);
        error.write(d, at, token);
      }
    }
    worker.releaseRows(mark);
  }

  /** Adds the summed gradients of the affine. */
  void accumulate(Worker worker, FloatMemory gradients, HeadNorm.Affine affine) {
    norm.accumulate(worker, gradients, affine);
  }
}
