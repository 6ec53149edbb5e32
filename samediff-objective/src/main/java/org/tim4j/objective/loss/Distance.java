package org.tim4j.objective.loss;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.array.Doubles;

/**
 * The distance of predictions from their targets, {@code d_b = mean((f - f̂)²) + directional part},
 * and its weighted mean over a batch. Sums are taken in double precision.
 *
 * @param directional the cosine part of the distance
 * @param scale the adaptive scale, or none
 */
public record Distance(DirectionalPart directional, SampleScale scale) {
  public Distance {
    Require.present("directional", directional);
    Require.present("scale", scale);
  }

  /**
   * Computes the weighted distance and its gradient with respect to the prediction. Numbers that
   * are not finite are passed on, to be found in the result.
   *
   * @param prediction {@code [batch, …]}, not changed
   * @param target the same shape, not changed
   * @param weights one weight for each sample
   */
  public TransitionLossValue evaluate(INDArray prediction, INDArray target, double[] weights) {
    Require.sameShape("the prediction", prediction, "the target", target);
    Require.oneForEachSample("the list of weights", weights, prediction);
    int batch = weights.length;
    double[] f = Doubles.of(prediction);
    double[] g = Doubles.of(target);
    double[] gradient = new double[f.length];
    double[] squared = new double[batch];
    double[] cosine = new double[batch];
    double[] scales = new double[batch];
    int length = f.length / batch;
    for (int i = 0; i < batch; i++) {
      DirectionalPart.Sample sample =
          new DirectionalPart.Sample(prediction.shape(), i * length, length);
      squared[i] = addSquaredError(sample, f, g, gradient);
      cosine[i] = directional.addGradient(sample, f, g, gradient);
      scales[i] = scale.of(squared[i] + cosine[i]);
      double factor = weights[i] * scales[i] / batch;
      for (int j = i * length; j < (i + 1) * length; j++) {
        gradient[j] *= factor;
      }
    }
    return new TransitionLossValue(
        squared, cosine, weights.clone(), scales, Doubles.toArray(gradient, prediction));
  }

  private static double addSquaredError(
      DirectionalPart.Sample sample, double[] f, double[] g, double[] gradient) {
    double sum = 0;
    for (int j = sample.offset(); j < sample.offset() + sample.length(); j++) {
      double difference = f[j] - g[j];
      sum += difference * difference;
      gradient[j] += 2 * difference / sample.length();
    }
    return sum / sample.length();
  }
}
