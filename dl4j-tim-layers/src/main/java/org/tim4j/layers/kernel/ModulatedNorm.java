package org.tim4j.layers.kernel;

/** {@code h = LN(x) ⊙ (1 + scale) + shift}: layer norm without affine, modulated per sample. */
final class ModulatedNorm {
  private static final float EPSILON = 1e-6f;

  private final int shift;
  private final int scale;

  /**
   * @param shift chunk of the modulation that is added; the next chunk scales
   */
  ModulatedNorm(int shift) {
    this.shift = shift;
    this.scale = shift + 1;
  }

  /**
   * Fills {@code h}.
   *
   * @param first position of the first row in the batch
   */
  void forward(Worker worker, Modulation modulation, int first, Rows x, Rows h) {
    int mark = worker.markRows();
    int n = modulation.width();
    float[] shifts = worker.row(n);
    float[] scales = worker.row(n);
    float[] row = worker.row(n);
    int current = -1;
    for (int i = 0; i < x.count(); i++) {
      int sample = modulation.sample(first + i);
      if (sample != current) {
        current = sample;
        modulation.read(sample, shift, shifts);
        modulation.read(sample, scale, scales);
      }
      x.read(i, row);
      modulate(row, shifts, scales, n);
      h.write(i, row);
    }
    worker.releaseRows(mark);
  }

  private static void modulate(float[] row, float[] shifts, float[] scales, int n) {
    float mean = LayerNorm.mean(row, 0, n);
    float norm = LayerNorm.scale(row, 0, n, mean, EPSILON);
    for (int j = 0; j < n; j++) {
      row[j] = Math.fma((row[j] - mean) * norm, 1f + scales[j], shifts[j]);
    }
  }

  /**
   * Adds the error at {@code x} to {@code dx}, and the errors at shift and scale to the modulation.
   *
   * @param dh error at {@code h}
   */
  void backward(Worker worker, Modulation modulation, int first, Rows x, Rows dh, Rows dx) {
    int mark = worker.markRows();
    int n = modulation.width();
    float[] scales = worker.row(n);
    float[] dShift = worker.row(n);
    float[] dScale = worker.row(n);
    float[] row = worker.row(n);
    float[] error = worker.row(n);
    float[] sum = worker.row(n);
    int current = -1;
    for (int i = 0; i < x.count(); i++) {
      int sample = modulation.sample(first + i);
      if (sample != current) {
        store(modulation, current, dShift, dScale);
        current = sample;
        modulation.read(sample, scale, scales);
        modulation.readError(sample, shift, dShift);
        modulation.readError(sample, scale, dScale);
      }
      x.read(i, row);
      dh.read(i, error);
      dx.read(i, sum);
      float norm = LayerNorm.normalize(row, 0, n, EPSILON);
      unmodulate(row, error, scales, dShift, dScale, n);
      LayerNorm.backward(row, error, 0, n, norm);
      VectorMath.add(sum, error, n);
      dx.write(i, sum);
    }
    store(modulation, current, dShift, dScale);
    worker.releaseRows(mark);
  }

  private void store(Modulation modulation, int sample, float[] dShift, float[] dScale) {
    if (sample >= 0) {
      modulation.writeError(sample, shift, dShift);
      modulation.writeError(sample, scale, dScale);
    }
  }

  private static void unmodulate(
      float[] row, float[] error, float[] scales, float[] dShift, float[] dScale, int n) {
    for (int j = 0; j < n; j++) {
      float e = error[j];
      dShift[j] += e;
      dScale[j] = Math.fma(e, row[j], dScale[j]);
      error[j] = e * (1f + scales[j]);
    }
  }
}
