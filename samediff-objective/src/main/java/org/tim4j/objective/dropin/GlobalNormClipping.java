package org.tim4j.objective.dropin;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.training.AdamWSettings;
import org.tim4j.objective.training.DivergenceException;

/**
 * Clips the gradient by the norm of the whole, which Deeplearning4j's own {@code
 * GradientNormalization} does for single layers only, and stops training at a gradient that is not
 * finite, before it reaches a parameter.
 *
 * <p>It is a listener because those are called between the gradient and the updater. Training must
 * divide by the size of the batch, as {@code fit} does by default.
 */
public final class GlobalNormClipping extends BaseTrainingListener {
  private final double clipNorm;
  private long step;

  /**
   * @param clipNorm largest norm of the gradient, above 0; infinity only watches for divergence
   */
  public GlobalNormClipping(double clipNorm) {
    if (clipNorm != Double.POSITIVE_INFINITY) {
      Require.positive("clipNorm", clipNorm);
    }
    this.clipNorm = clipNorm;
  }

  /**
   * Scales the gradient in place by {@code min(1, clipNorm / (norm + 1e-6))}.
   *
   * @throws DivergenceException if the norm is not finite; the parameters are as they were
   */
  @Override
  public void onGradientCalculation(Model model) {
    INDArray sumOverBatch = model.gradient().gradient();
    double norm = sumOverBatch.norm2Number().doubleValue() / model.batchSize();
    if (!Double.isFinite(norm)) {
      throw new DivergenceException(step, "the norm of the gradient is " + norm);
    }
    step++;
    double factor = AdamWSettings.clipFactor(norm, clipNorm);
    if (factor < 1) {
      sumOverBatch.muli(factor);
    }
  }
}
