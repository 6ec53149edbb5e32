package org.tim4j.layers.kernel.block;

import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.MatrixSource;

/**
 * What conditions each sample of a run of samples in a block, one row a sample.
 *
 * @param firstSample position of the first sample in the batch
 * @param kept what the modulation keeps for its backward
 * @param modulation shifts, scales and gates
 * @param additions to queries, keys and values
 */
record SampleTape(int firstSample, Matrix kept, Matrix modulation, Matrix additions) {
  /** Memory for {@code samples} samples. */
  static SampleTape take(
      MatrixSource source, BlockConditioning conditioning, int first, int samples) {
    return new SampleTape(
        first,
        source.matrix(samples, conditioning.keptWidth()),
        source.matrix(samples, conditioning.modulationWidth()),
        source.matrix(samples, conditioning.additionWidth()));
  }

  /** The rows of samples {@code from} to {@code from + samples} of the batch. */
  SampleTape samples(int from, int samples) {
    int at = from - firstSample;
    return new SampleTape(
        from, kept.rows(at, samples), modulation.rows(at, samples), additions.rows(at, samples));
  }
}
