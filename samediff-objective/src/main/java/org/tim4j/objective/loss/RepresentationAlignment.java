package org.tim4j.objective.loss;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.array.Doubles;

/**
 * Representation alignment (REPA; Yu et al., "Representation alignment for generation", ICLR 2025):
 * the mean over samples and tokens of {@code 1 - cos(h, h*)} between projected activations h and
 * the features h* of a pretrained encoder, which the user gives.
 *
 * @param coefficient weight of this loss beside the transition loss; 1 in the paper
 */
public record RepresentationAlignment(double coefficient) {
  public RepresentationAlignment {
    Require.positive("coefficient of the representation alignment", coefficient);
  }

  /**
   * The loss of one batch.
   *
   * @param value mean cosine distance, without the coefficient
   * @param gradient gradient of {@code coefficient · value} with respect to the activations
   */
  public record Value(double value, INDArray gradient) {}

  /**
   * Computes the loss and its gradient.
   *
   * @param activations {@code [batch, …, features]}, not changed
   * @param features the same shape, not changed
   * @throws InvalidInputException if the loss is not finite
   */
  public Value evaluate(INDArray activations, INDArray features) {
    Require.sameShape("the activations", activations, "the features", features);
    double[] h = Doubles.of(activations);
    double[] target = Doubles.of(features);
    double[] gradient = new double[h.length];
    int width = (int) activations.size(activations.rank() - 1);
    int tokens = h.length / width;
    double sum = 0;
    for (int n = 0; n < tokens; n++) {
      sum +=
          new CosineDistance(n * width, 1, width)
              .addGradient(h, target, coefficient / tokens, gradient);
    }
    if (!Double.isFinite(sum)) {
      throw new InvalidInputException(
          "the representation alignment of activations "
              + Arrays.toString(activations.shape())
              + " is not finite; check the features, or lower the learning rate");
    }
    return new Value(sum / tokens, Doubles.toArray(gradient, activations));
  }
}
