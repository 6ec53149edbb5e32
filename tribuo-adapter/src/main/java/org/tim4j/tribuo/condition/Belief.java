package org.tim4j.tribuo.condition;

import java.util.List;
import org.tribuo.Output;

/**
 * A discrete distribution over outputs.
 *
 * @param outputs the outputs that have a probability
 * @param probabilities one for each output, at least 0, summing to 1
 */
public record Belief<T extends Output<T>>(List<T> outputs, double[] probabilities) {

  /**
   * @throws IllegalArgumentException if there are no outputs or a probability is missing
   */
  public Belief {
    outputs = List.copyOf(outputs);
    if (outputs.isEmpty() || outputs.size() != probabilities.length) {
      throw new IllegalArgumentException(
          "Every output needs a probability, found "
              + outputs.size()
              + " outputs and "
              + probabilities.length
              + " probabilities.");
    }
  }

  /**
   * Returns the posterior {@code p(o | x) ∝ p(o) p(x | o)} for this prior.
   *
   * @param logLikelihoods {@code log p(x | o)} of each output, up to a common constant
   * @throws IllegalStateException if a likelihood is not a number
   */
  public Belief<T> posterior(double[] logLikelihoods) {
    double[] posterior = new double[probabilities.length];
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < posterior.length; i++) {
      posterior[i] = logLikelihoods[i] + Math.log(probabilities[i]);
      if (Double.isNaN(posterior[i])) {
        throw new IllegalStateException(
            "The likelihood of output '"
                + outputs.get(i)
                + "' is not a number; train with a lower learning rate.");
      }
      largest = Math.max(largest, posterior[i]);
    }
    double sum = 0;
    for (int i = 0; i < posterior.length; i++) {
      posterior[i] = Math.exp(posterior[i] - largest);
      sum += posterior[i];
    }
    for (int i = 0; i < posterior.length; i++) {
      posterior[i] /= sum;
    }
    return new Belief<>(outputs, posterior);
  }
}
