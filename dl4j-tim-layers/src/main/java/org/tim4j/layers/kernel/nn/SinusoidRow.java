package org.tim4j.layers.kernel.nn;

import org.tim4j.layers.base.MethodConstants;

/**
 * The sinusoid of a number, {@code [cos(s g_0) … cos(s g_127), sin(s g_0) … sin(s g_127)]} with
 * {@code g_i = 10000^(-i/128)}.
 */
public final class SinusoidRow {
  /** Values of one sinusoid. */
  public static final int WIDTH = MethodConstants.SINUSOID_WIDTH;

  private static final int HALF = WIDTH / 2;

  private final double[] frequencies = new double[HALF];

  public SinusoidRow() {
    for (int i = 0; i < HALF; i++) {
      frequencies[i] = Math.pow(MethodConstants.FREQUENCY_BASE, -i / (double) HALF);
    }
  }

  /** Fills the row with the sinusoid of {@code s}. */
  public void forward(double s, float[] row) {
    for (int i = 0; i < HALF; i++) {
      double angle = s * frequencies[i];
      row[i] = (float) Math.cos(angle);
      row[HALF + i] = (float) Math.sin(angle);
    }
  }

  /** Derivative with respect to {@code s}, given the sinusoid and the error at it. */
  public double backward(float[] row, float[] error) {
    double sum = 0;
    for (int i = 0; i < HALF; i++) {
      sum += frequencies[i] * (row[i] * error[HALF + i] - row[HALF + i] * error[i]);
    }
    return sum;
  }
}
