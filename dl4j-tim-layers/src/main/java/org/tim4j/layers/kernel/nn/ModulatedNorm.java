package org.tim4j.layers.kernel.nn;

import org.tim4j.layers.kernel.loops.StreamLoops;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.thread.Worker;

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
  public void forward(Worker worker, Modulation modulation, int first, Rows x, Rows h) {
    int mark = worker.markRows();
    float[] shifts = worker.row(modulation.width());
    float[] scales = worker.row(modulation.width());
    StreamLoops loops = worker.loops().stream();
    modulation.forEachSample(
        first,
        x.count(),
        (sample, from, count) -> {
          modulation.read(sample, shift, shifts);
          modulation.read(sample, scale, scales);
          loops.modulate(worker.rows(), x.part(from, count), shifts, scales, h.part(from, count));
        });
    worker.releaseRows(mark);
  }

  /**
   * Adds the error at {@code x} to {@code dx}, and the errors at shift and scale to the modulation.
   *
   * @param dh error at {@code h}
   */
  public void backward(Worker worker, Modulation modulation, int first, Rows x, Rows dh, Rows dx) {
    int mark = worker.markRows();
    float[] scales = worker.row(modulation.width());
    float[] dShift = worker.row(modulation.width());
    float[] dScale = worker.row(modulation.width());
    StreamLoops loops = worker.loops().stream();
    modulation.forEachSample(
        first,
        x.count(),
        (sample, from, count) -> {
          modulation.read(sample, scale, scales);
          modulation.readError(sample, shift, dShift);
          modulation.readError(sample, scale, dScale);
          Rows in = x.part(from, count);
          Rows out = dx.part(from, count);
          loops.modulateBackward(
              worker.rows(), in, dh.part(from, count), scales, dShift, dScale, out);
          modulation.writeError(sample, shift, dShift);
          modulation.writeError(sample, scale, dScale);
        });
    worker.releaseRows(mark);
  }
}
