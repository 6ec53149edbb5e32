package org.tim4j.objective;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A prediction {@code f(x_t, t, r)} such that {@code x_r = A(t, r) x_t + B(t, r) f}: a network, or
 * the exact function of a known distribution.
 */
@FunctionalInterface
public interface TransitionFunction {
  /**
   * Predicts without keeping anything for a gradient.
   *
   * @param x state at time t, {@code [batch, …]}, not changed
   * @param t one raw start time for each sample
   * @param r one raw target time for each sample
   * @param condition one row for each sample, or null if the function takes none
   * @return a new array of the shape of {@code x}
   */
  INDArray apply(INDArray x, double[] t, double[] r, INDArray condition);
}
