package org.tim4j.arbiter.generator;

import org.apache.commons.math3.random.AbstractRandomGenerator;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** The stream of a search in the form that Arbiter's genetic operators take. */
final class StreamRandom extends AbstractRandomGenerator {
  private RandomStream stream;

  StreamRandom(long seed) {
    stream = RandomStream.of(seed, 0, Purpose.SEARCH);
  }

  @Override
  public void setSeed(long seed) {
    stream = RandomStream.of(seed, 0, Purpose.SEARCH);
  }

  @Override
  public double nextDouble() {
    return stream.nextDouble();
  }
}
