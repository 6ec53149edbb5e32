package org.tim4j.objective.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.tim4j.objective.dropin.TinyFit.BATCH;
import static org.tim4j.objective.dropin.TinyFit.BATCHES_PER_EPOCH;
import static org.tim4j.objective.dropin.TinyFit.data;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class ExamplesIteratorTest {
  @Test
  void examplesComeInTheOrderOfTheTrainer() {
    ExamplesIterator iterator = new ExamplesIterator(data(), 5, BATCH, BATCHES_PER_EPOCH);
    for (int epoch = 0; epoch < 2; epoch++) {
      for (int b = 0; b < BATCHES_PER_EPOCH; b++) {
        INDArray expected = data().batch(5, (long) epoch * BATCHES_PER_EPOCH + b, BATCH).x();
        assertEquals(expected, iterator.next().getFeatures(0));
      }
      assertFalse(iterator.hasNext());
      iterator.reset();
    }
    INDArray first = iterator.next().getFeatures(0);
    iterator.next();
    iterator.reset();
    assertEquals(first, iterator.next().getFeatures(0), "an epoch that was broken off");
  }
}
