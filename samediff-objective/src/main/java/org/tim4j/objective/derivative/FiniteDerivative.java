package org.tim4j.objective.derivative;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.objective.NonFiniteException;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.array.Doubles;
import org.tim4j.objective.transport.Transport;

/** The check that each time derivative passes before it is returned. */
final class FiniteDerivative {
  private FiniteDerivative() {}

  /**
   * @param derivative {@code [batch, …]}, not changed
   * @throws NonFiniteException if a value is NaN or infinite
   */
  static void require(INDArray derivative, Transport transport, TransitionBatch batch) {
    double[] values = Doubles.of(derivative);
    int length = values.length / batch.intervals().size();
    for (int j = 0; j < values.length; j++) {
      if (!Double.isFinite(values[j])) {
        int sample = j / length;
        throw new NonFiniteException(
            "the time derivative",
            sample,
            batch.intervals().t()[sample],
            batch.intervals().r()[sample],
            transport.name());
      }
    }
  }
}
