package org.tim4j.layers.kernel.nn;

import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.loops.StreamLoops;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.thread.Lane;

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

  /**
   * Fills {@code y}.
   *
   * @param first position of the first row in the batch
   */
  public void forward(
      Lane lane, Modulation modulation, int first, Matrix x, Matrix branch, Matrix y) {
    StreamLoops loops = lane.loops().stream();
    try (Scratch.Scope scope = lane.open()) {
      var values = new StreamLoops.Gate(bias.values(lane, scope), scope.row(modulation.width()));
      modulation.forEachSample(
          first,
          x.rows(),
          (sample, from, count) -> {
            modulation.read(sample, gate, values.gate());
            Matrix in = x.rows(from, count);
            Matrix result = branch.rows(from, count);
            loops.join(lane.scratch(), in, result, values, y.rows(from, count));
          });
    }
  }

  /**
   * Sets {@code dBranch} and adds to the gradient of the bias; the error at {@code x} is {@code dy}
   * itself.
   *
   * @param errors those at the modulation, to add to
   * @param dBranch may be {@code branch}
   */
  public void backward(
      Lane lane,
      Modulation modulation,
      Modulation errors,
      int first,
      Matrix branch,
      Matrix dy,
      Matrix dBranch) {
    StreamLoops loops = lane.loops().stream();
    try (Scratch.Scope scope = lane.open()) {
      int width = modulation.width();
      var values = new StreamLoops.Gate(bias.values(lane, scope), scope.row(width));
      var sums = new StreamLoops.Gate(scope.zeroRow(width), scope.row(width));
      modulation.forEachSample(
          first,
          dy.rows(),
          (sample, from, count) -> {
            modulation.read(sample, gate, values.gate());
            errors.read(sample, gate, sums.gate());
            Matrix error = dy.rows(from, count);
            Matrix result = branch.rows(from, count);
            Matrix out = dBranch.rows(from, count);
            loops.joinBackward(lane.scratch(), error, result, values, sums, out);
            errors.write(sample, gate, sums.gate());
          });
      bias.accumulate(lane, sums.bias());
    }
  }
}
