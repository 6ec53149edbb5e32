package org.tim4j.cli.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.TimNetwork;
import org.tim4j.objective.training.TransitionTrainer;

/** A few steps on real digits; {@link DigitsFitStudyTest} trains to the end. */
class DigitsFitTest {
  @Test
  void earlyStoppingMakesTheStepsOfTheTrainer() {
    DigitsFit digits = DigitsFit.of(3, 10, 5).withEpsilon(1e-8);
    TransitionTrainer trainer = digits.trainer();
    DigitsFit.Fitted fitted = digits.fit();
    assertEquals(2, fitted.result().getTotalEpochs());
    INDArray start =
        TimNetwork.create(digits.settings().network(), digits.settings().training().seed())
            .parameters();
    assertSameWay(start, trainer.network().parameters(), fitted.network().parameters());
    assertSameWay(start, trainer.averageNetwork().parameters(), fitted.average().parameters());
  }

  /**
   * Both differ by rounding and by where Adam adds its epsilon. The published epsilon is as large
   * as the first gradients and would make that a fifth of the way.
   */
  private static void assertSameWay(INDArray start, INDArray expected, INDArray actual) {
    double way = expected.sub(start).norm2Number().doubleValue();
    double difference = expected.sub(actual).norm2Number().doubleValue();
    assertTrue(difference < 0.05 * way, "difference " + difference + " after a way of " + way);
  }
}
