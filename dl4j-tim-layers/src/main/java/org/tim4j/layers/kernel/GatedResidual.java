package org.tim4j.layers.kernel;

/**
 * {@code y = x + gate ⊙ (branch + bias)}: how a branch joins the stream, gated per sample. The
 * branch's last bias is added here, where its result is gone over anyway.
 */
final class GatedResidual {
  private final int gate;
  private final Bias bias;

  /**
   * @param gate chunk of the modulation that gates
   * @param bias the last one of the branch
   */
  GatedResidual(int gate, Bias bias) {
    this.gate = gate;
    this.bias = bias;
  }

  /** Fills {@code y}. */
  void forward(
      Worker worker,
      FloatMemory weights,
      Modulation modulation,
      int first,
      Rows x,
      Rows branch,
      Rows y) {
    int mark = worker.markRows();
    int n = modulation.width();
    float[] biases = bias.values(worker, weights);
    float[] gates = worker.row(n);
    float[] sum = worker.row(n);
    float[] row = worker.row(n);
    int current = -1;
    for (int i = 0; i < x.count(); i++) {
      int sample = modulation.sample(first + i);
      if (sample != current) {
        current = sample;
        modulation.read(sample, gate, gates);
      }
      x.read(i, sum);
      branch.read(i, row);
      addBiased(sum, gates, row, biases, n);
      y.write(i, sum);
    }
    worker.releaseRows(mark);
  }

  /** {@code sum += factor ⊙ (row + biases)}. */
  private static void addBiased(float[] sum, float[] factor, float[] row, float[] biases, int n) {
    for (int i = 0; i < n; i++) {
      sum[i] = Math.fma(factor[i], row[i] + biases[i], sum[i]);
    }
  }

  /**
   * Sets {@code dBranch} and adds to the errors of the gate and the gradient of the bias; the error
   * at {@code x} is {@code dy} itself.
   *
   * @param dBranch may be {@code branch}
   */
  void backward(
      Worker worker,
      FloatMemory weights,
      FloatMemory gradients,
      Modulation modulation,
      int first,
      Rows branch,
      Rows dy,
      Rows dBranch) {
    int mark = worker.markRows();
    int n = modulation.width();
    float[] biases = bias.values(worker, weights);
    float[] gates = worker.row(n);
    float[] dGate = worker.row(n);
    float[] dBias = worker.zeroRow(n);
    float[] row = worker.row(n);
    float[] error = worker.row(n);
    int current = -1;
    for (int i = 0; i < dy.count(); i++) {
      int sample = modulation.sample(first + i);
      if (sample != current) {
        if (current >= 0) {
          modulation.writeError(current, gate, dGate);
        }
        current = sample;
        modulation.read(sample, gate, gates);
        modulation.readError(sample, gate, dGate);
      }
      dy.read(i, error);
      branch.read(i, row);
      addBiased(dGate, error, row, biases, n);
      VectorMath.multiply(error, gates, n);
      VectorMath.add(dBias, error, n);
      dBranch.write(i, error);
    }
    modulation.writeError(current, gate, dGate);
    bias.accumulate(worker, gradients, dBias);
    worker.releaseRows(mark);
  }
}
