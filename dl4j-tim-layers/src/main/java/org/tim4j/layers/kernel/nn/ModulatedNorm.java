package org.tim4j.layers.kernel.nn;

import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.loops.StreamLoops;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.thread.Lane;

/** {@code h = LN(x) ⊙ (1 + scale) + shift}: layer norm without affine, modulated per sample. */
public final class ModulatedNorm {
  private final int shift;
  private final int scale;

  /**
   * @param shift chunk of the modulation that is added; the next chunk scales
   */
  public ModulatedNorm(int shift) {
    this.shift = shift;
    this.scale = shift + 1;
  }

  /**
   * Fills {@code h}.
   *
   * @param first position of the first row in the batch
   */
  public void forward(Lane lane, Modulation modulation, int first, Matrix x, Matrix h) {
    StreamLoops loops = lane.loops().stream();
    try (Scratch.Scope scope = lane.open()) {
      float[] shifts = scope.row(modulation.width());
      float[] scales = scope.row(modulation.width());
      modulation.forEachSample(
          first,
          x.rows(),
          (sample, from, count) -> {
            modulation.read(sample, shift, shifts);
            modulation.read(sample, scale, scales);
            Matrix in = x.rows(from, count);
            loops.modulate(lane.scratch(), in, shifts, scales, h.rows(from, count));
          });
    }
  }

  /**
   * Adds the error at {@code x} to {@code dx}.
   *
   * @param errors those at the modulation, to add to
   * @param dh error at {@code h}
   */
  public void backward(
      Lane lane,
      Modulation modulation,
      Modulation errors,
      int first,
      Matrix x,
      Matrix dh,
      Matrix dx) {
    StreamLoops loops = lane.loops().stream();
    try (Scratch.Scope scope = lane.open()) {
      float[] scales = scope.row(modulation.width());
      float[] dShift = scope.row(modulation.width());
      float[] dScale = scope.row(modulation.width());
      modulation.forEachSample(
          first,
          x.rows(),
          (sample, from, count) -> {
            modulation.read(sample, scale, scales);
            errors.read(sample, shift, dShift);
            errors.read(sample, scale, dScale);
            Matrix in = x.rows(from, count);
            Matrix error = dh.rows(from, count);
            Matrix out = dx.rows(from, count);
            loops.modulateBackward(lane.scratch(), in, error, scales, dShift, dScale, out);
            errors.write(sample, shift, dShift);
            errors.write(sample, scale, dScale);
          });
    }
  }
}
