package org.tim4j.layers.kernel.block;

import org.tim4j.layers.kernel.memory.Arena;
import org.tim4j.layers.kernel.memory.Rows;

/**
 * What conditions each sample of a run of samples in a block, one row a sample.
 *
 * @param firstSample position of the first sample in the batch
 * @param kept what the modulation keeps for its backward
 * @param modulation shifts, scales and gates
 * @param additions to queries, keys and values
 */
record SampleTape(int firstSample, Rows kept, Rows modulation, Rows additions) {
  /** Memory for {@code samples} samples. */
  static SampleTape take(Arena arena, BlockConditioning conditioning, int first, int samples) {
    return new SampleTape(
        first,
        Rows.take(arena, samples, conditioning.keptWidth()),
        Rows.take(arena, samples, conditioning.modulationWidth()),
        Rows.take(arena, samples, conditioning.additionWidth()));
  }

  /** The rows of samples {@code from} to {@code from + samples} of the batch. */
  SampleTape samples(int from, int samples) {
    int at = from - firstSample;
    return new SampleTape(
        from, kept.part(at, samples), modulation.part(at, samples), additions.part(at, samples));
  }
}
