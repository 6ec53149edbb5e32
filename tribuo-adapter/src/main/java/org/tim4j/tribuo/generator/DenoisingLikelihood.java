package org.tim4j.tribuo.generator;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.TransitionFunction;
import org.tim4j.objective.transport.PathCoefficients;
import org.tim4j.objective.transport.PredictionCoefficients;
import org.tim4j.objective.transport.Transport;

/**
 * Estimates {@code log p(x | c)} up to a constant that all conditions share, from the error of
 * denoising. With the noise-to-signal ratio {@code ρ = σ / α} and the estimate x̂ of x,
 *
 * <pre>
 *   -log p(x | c) ≤ ∫ ρ⁻² E‖x - x̂(x_t, t, c)‖² d log ρ + constant
 * </pre>
 *
 * (Kingma et al., "Variational diffusion models", 2021, equation 17, with λ = -2 log ρ). The
 * integral is a sum over equally spaced log ρ with fixed antithetic noise, the same for all
 * conditions: it is deterministic, and differences between conditions are precise.
 */
final class DenoisingLikelihood {
  private static final int MAX_BATCH = 2048;

  private final TransitionFunction function;
  private final Transport transport;
  private final NoiseGrid grid;

  /**
   * @param function predicts for one token, {@code [batch, 1, width]}
   * @param evaluations predictions per condition, at least 1
   */
  DenoisingLikelihood(TransitionFunction function, Transport transport, int evaluations) {
    this.function = function;
    this.transport = transport;
    this.grid = NoiseGrid.of(transport, evaluations);
  }

  double[] of(double[] vector, double[][] conditions) {
    double[][] states = states(vector);
    double[] logLikelihoods = new double[conditions.length];
    int together = Math.max(1, MAX_BATCH / states.length);
    for (int first = 0; first < conditions.length; first += together) {
      int end = Math.min(first + together, conditions.length);
      double[][] predictions =
          predict(states, Arrays.copyOfRange(conditions, first, end), vector.length);
      for (int i = 0; i < predictions.length; i++) {
        int k = i % states.length;
        logLikelihoods[first + i / states.length] -=
            grid.spacing() * weightedError(vector, states[k], predictions[i], grid.times()[k]);
      }
    }
    return logLikelihoods;
  }

  /** Every second noise is the negative of the one before. */
  private double[][] states(double[] vector) {
    RandomStream random = RandomStream.of(0, 0, Purpose.EVALUATION);
    double[][] states = new double[grid.times().length][vector.length];
    double[] noise = {};
    for (int k = 0; k < states.length; k++) {
      noise =
          k % 2 == 0
              ? random.gaussians(vector.length)
              : Arrays.stream(noise).map(value -> -value).toArray();
      PathCoefficients path = transport.path(grid.times()[k]);
      for (int j = 0; j < vector.length; j++) {
        states[k][j] = path.alpha() * transport.dataScale() * vector[j] + path.sigma() * noise[j];
      }
    }
    return states;
  }

  /**
   * Predicts for all states under the first condition, then for all under the second, and so on.
   */
  private double[][] predict(double[][] states, double[][] conditions, int width) {
    int rows = states.length * conditions.length;
    double[][] x = new double[rows][];
    double[][] c = new double[rows][];
    double[] t = new double[rows];
    for (int i = 0; i < rows; i++) {
      x[i] = states[i % states.length];
      c[i] = conditions[i / states.length];
      t[i] = grid.times()[i % states.length];
    }
    INDArray prediction =
        function.apply(
            JitteredRows.tokens(x), t, t, Nd4j.createFromArray(c).castTo(DataType.FLOAT));
    return prediction.castTo(DataType.DOUBLE).reshape(rows, width).toDoubleMatrix();
  }

  /** {@code ρ⁻² ‖x - x̂‖²}, where x̂ solves state and prediction for the data. */
  private double weightedError(double[] vector, double[] state, double[] prediction, double t) {
    PathCoefficients path = transport.path(t);
    PredictionCoefficients p = transport.prediction(t);
    double determinant = p.sigmaHat() * path.alpha() - p.alphaHat() * path.sigma();
    double error = 0;
    for (int j = 0; j < vector.length; j++) {
      double estimate = (p.sigmaHat() * state[j] - path.sigma() * prediction[j]) / determinant;
      double difference = transport.dataScale() * vector[j] - estimate;
      error += difference * difference;
    }
    double signalToNoise = path.alpha() / path.sigma();
    return signalToNoise * signalToNoise * error;
  }
}
