package org.tim4j.cli.data;

/**
 * One direction of resizing: every new sample is a mean of old ones, with the weights of a triangle
 * as wide as two old samples, or as two new ones where the image shrinks, so that no old sample is
 * passed over.
 *
 * @param first first old sample of each new one
 * @param weights weights of the old samples from there on, with the sum 1
 */
record Resampling(int[] first, float[][] weights) {
  /**
   * @param size number of old samples
   * @param from where the part of them that is taken begins
   * @param length how long that part is
   * @param target number of new samples
   */
  static Resampling of(int size, double from, double length, int target) {
    int[] first = new int[target];
    float[][] weights = new float[target][];
    double scale = length / target;
    double reach = Math.max(1, scale);
    for (int i = 0; i < target; i++) {
      double centre = from + (i + 0.5) * scale;
      first[i] = (int) Math.max(0, Math.floor(centre - reach + 0.5));
      int end = (int) Math.min(size, Math.ceil(centre + reach - 0.5));
      weights[i] = triangle(first[i], end, centre, reach);
    }
    return new Resampling(first, weights);
  }

  private static float[] triangle(int first, int end, double centre, double reach) {
    double[] heights = new double[Math.max(1, end - first)];
    double sum = 0;
    for (int j = 0; j < heights.length; j++) {
      heights[j] = Math.max(0, 1 - Math.abs(first + j + 0.5 - centre) / reach);
      sum += heights[j];
    }
    float[] weights = new float[heights.length];
    for (int j = 0; j < weights.length; j++) {
      weights[j] = (float) (heights[j] / sum);
    }
    return weights;
  }

  /** Resamples each row of a row-major plane of so many rows and columns. */
  float[] rows(float[] plane, int height, int width) {
    float[] result = new float[height * first.length];
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < first.length; i++) {
        double sum = 0;
        for (int j = 0; j < weights[i].length; j++) {
          sum += weights[i][j] * plane[y * width + first[i] + j];
        }
        result[y * first.length + i] = (float) sum;
      }
    }
    return result;
  }

  /** Resamples each column of a row-major plane of so many columns. */
  float[] columns(float[] plane, int width) {
    float[] result = new float[first.length * width];
    for (int i = 0; i < first.length; i++) {
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int j = 0; j < weights[i].length; j++) {
          sum += weights[i][j] * plane[(first[i] + j) * width + x];
        }
        result[i * width + x] = (float) sum;
      }
    }
    return result;
  }
}
