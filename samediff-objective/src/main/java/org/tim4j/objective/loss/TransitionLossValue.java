package org.tim4j.objective.loss;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The loss of one batch. The lists hold one number for each sample and belong to the caller.
 *
 * @param squaredError mean squared error
 * @param directional cosine part, 0 if there is none
 * @param intervalWeight weight of the interval
 * @param sampleScale adaptive scale
 * @param gradient gradient of {@link #weighted} with respect to the prediction, same shape
 */
public record TransitionLossValue(
    double[] squaredError,
    double[] directional,
    double[] intervalWeight,
    double[] sampleScale,
    INDArray gradient) {
  /** Distance of one sample: squared error plus cosine part. */
  public double distance(int sample) {
    return squaredError[sample] + directional[sample];
  }

  /**
   * Mean distance over the batch: the figure to watch, since the adaptive scale keeps {@link
   * #weighted} nearly constant.
   */
  public double denoising() {
    return (Arrays.stream(squaredError).sum() + Arrays.stream(directional).sum())
        / squaredError.length;
  }

  /** Mean of interval weight · scale · distance: what is minimised. */
  public double weighted() {
    double sum = 0;
    for (int i = 0; i < squaredError.length; i++) {
      sum += intervalWeight[i] * sampleScale[i] * distance(i);
    }
    return sum / squaredError.length;
  }
}
