package org.tim4j.layers.kernel.block;

/** The mathematics of the layers as plain loops in double precision, row by row. */
final class Reference {
  private Reference() {}

  /** {@code x[rows, in] W[in, out] + b}; {@code b} may be null. */
  static double[][] linear(double[][] x, double[] w, double[] b, int out) {
    double[][] y = new double[x.length][out];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < out; j++) {
        double sum = b == null ? 0 : b[j];
        for (int k = 0; k < x[i].length; k++) {
          sum += x[i][k] * w[k * out + j];
        }
        y[i][j] = sum;
      }
    }
    return y;
  }

  static double silu(double x) {
    return x / (1 + Math.exp(-x));
  }

  /** Gate and value side by side in {@code w1}. */
  static double[][] swiGlu(
      double[][] x, double[] w1, double[] b1, double[] w2, double[] b2, int out) {
    int hidden = b1.length / 2;
    double[][] both = linear(x, w1, b1, 2 * hidden);
    double[][] activation = new double[x.length][hidden];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < hidden; j++) {
        activation[i][j] = silu(both[i][j]) * both[i][hidden + j];
      }
    }
    return linear(activation, w2, b2, out);
  }

  static double[] layerNorm(double[] x, double epsilon) {
    double mean = 0;
    for (double v : x) {
      mean += v / x.length;
    }
    double variance = 0;
    for (double v : x) {
      variance += (v - mean) * (v - mean) / x.length;
    }
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (x[i] - mean) / Math.sqrt(variance + epsilon);
    }
    return y;
  }

  /** One head: {@code softmax(q kᵀ / √d) v}. */
  static double[][] attention(double[][] q, double[][] k, double[][] v) {
    double[][] out = new double[q.length][v[0].length];
    for (int i = 0; i < q.length; i++) {
      double[] score = new double[k.length];
      double max = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < k.length; j++) {
        for (int d = 0; d < q[i].length; d++) {
          score[j] += q[i][d] * k[j][d] / Math.sqrt(q[i].length);
        }
        max = Math.max(max, score[j]);
      }
      double sum = 0;
      for (int j = 0; j < k.length; j++) {
        score[j] = Math.exp(score[j] - max);
        sum += score[j];
      }
      for (int j = 0; j < k.length; j++) {
        for (int d = 0; d < out[i].length; d++) {
          out[i][d] += score[j] / sum * v[j][d];
        }
      }
    }
    return out;
  }

  /** Rotates adjacent pairs of a head by the token's coordinates, as the paper's code does. */
  static double[] rotate(double[] head, int c1, int c2) {
    int half = head.length / 2;
    double[] y = new double[head.length];
    for (int i = 0; i < half; i++) {
      int frequency = i % (half / 2);
      double angle = (i < half / 2 ? c1 : c2) * Math.pow(10000, -2.0 * frequency / half);
      double a = head[2 * i];
      double b = head[2 * i + 1];
      y[2 * i] = a * Math.cos(angle) - b * Math.sin(angle);
      y[2 * i + 1] = b * Math.cos(angle) + a * Math.sin(angle);
    }
    return y;
  }
}
