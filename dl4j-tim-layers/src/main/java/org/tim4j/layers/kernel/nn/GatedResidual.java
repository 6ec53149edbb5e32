package org.tim4j.layers.kernel.nn;

import org.tim4j.layers.kernel.loops.StreamLoops;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.thread.Worker;

/**
 * {@code y = x + gate ⊙ (branch + bias)}: how a branch joins the stream, gated per sample. The
 * branch's last bias is added here, where its result is gone over anyway.
 */
public final class GatedResidual {
  private final int gate;
  private final Bias bias;

  /**
   * @param gate chunk of the modulation that gates
   * @param bias the last one of the branch
   */
  public GatedResidual(int gate, Bias bias) {
    this.gate = gate;
    this.bias = bias;
  }

  /** Fills {@code y}. */
  public void forward(
      Worker worker,
      FloatMemory weights,
      Modulation modulation,
      int first,
      Rows x,
      Rows branch,
      Rows y) {
    int mark = worker.markRows();
    float[] biases = bias.values(worker, weights);
    float[] gates = worker.row(modulation.width());
    StreamLoops loops = worker.loops().stream();
    modulation.forEachSample(
        first,
        x.count(),
        (sample, from, count) -> {
          modulation.read(sample, gate, gates);
          Rows in = x.part(from, count);
          loops.join(
              worker.rows(), in, branch.part(from, count), biases, gates, y.part(from, count));
        });
    worker.releaseRows(mark);
  }

  /**
   * Sets {@code dBranch} and adds to the errors of the gate and the gradient of the bias; the error
   * at {@code x} is {@code dy} itself.
   *
   * @param dBranch may be {@code branch}
   */
  public void backward(
      Worker worker,
      FloatMemory weights,
      FloatMemory gradients,
      Modulation modulation,
      int first,
      Rows branch,
      Rows dy,
      Rows dBranch) {
    int mark = worker.markRows();
    float[] biases = bias.values(worker, weights);
    float[] gates = worker.row(modulation.width());
    float[] dGate = worker.row(modulation.width());
    float[] dBias = worker.zeroRow(modulation.width());
    StreamLoops loops = worker.loops().stream();
    modulation.forEachSample(
        first,
        dy.count(),
        (sample, from, count) -> {
          modulation.read(sample, gate, gates);
          modulation.readError(sample, gate, dGate);
          loops.joinBackward(
              worker.rows(),
              dy.part(from, count),
              branch.part(from, count),
              biases,
              gates,
              dGate,
              dBias,
              dBranch.part(from, count));
          modulation.writeError(sample, gate, dGate);
        });
    bias.accumulate(worker, gradients, dBias);
    worker.releaseRows(mark);
  }
}
