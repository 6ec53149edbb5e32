package org.tim4j.tribuo.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Similarity of two samples of one column; 1 is the same distribution, 0 the farthest apart. */
public final class Marginals {
  private Marginals() {}

  /**
   * One minus the two-sample Kolmogorov–Smirnov statistic, the largest distance between the two
   * empirical distribution functions.
   *
   * @return in [0, 1]
   * @throws IllegalArgumentException if a sample is empty
   */
  public static double kolmogorovSmirnovComplement(double[] real, double[] synthetic) {
    requireSamples(real.length, synthetic.length);
    double[] a = real.clone();
    double[] b = synthetic.clone();
    Arrays.sort(a);
    Arrays.sort(b);
    double largest = 0;
    int i = 0;
    int j = 0;
    while (i < a.length && j < b.length) {
      double at = Math.min(a[i], b[j]);
      while (i < a.length && a[i] <= at) {
        i++;
      }
      while (j < b.length && b[j] <= at) {
        j++;
      }
      largest = Math.max(largest, Math.abs((double) i / a.length - (double) j / b.length));
    }
    return 1 - largest;
  }

  /**
   * One minus the total variation distance of two categorical samples, {@code 1 - 1/2 Σ |p - q|}.
   *
   * @param real the category of each real row, any code
   * @param synthetic the category of each synthetic row
   * @return in [0, 1]
   * @throws IllegalArgumentException if a sample is empty
   */
  public static double totalVariationComplement(int[] real, int[] synthetic) {
    requireSamples(real.length, synthetic.length);
    Map<Integer, Integer> p = counts(real);
    Map<Integer, Integer> q = counts(synthetic);
    Set<Integer> categories = new HashSet<>(p.keySet());
    categories.addAll(q.keySet());
    double distance = 0;
    for (int category : categories) {
      distance +=
          Math.abs(
              p.getOrDefault(category, 0) / (double) real.length
                  - q.getOrDefault(category, 0) / (double) synthetic.length);
    }
    return 1 - distance / 2;
  }

  private static Map<Integer, Integer> counts(int[] categories) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int category : categories) {
      counts.merge(category, 1, Integer::sum);
    }
    return counts;
  }

  private static void requireSamples(int real, int synthetic) {
    if (real == 0 || synthetic == 0) {
      throw new IllegalArgumentException(
          "Both samples need values, found "
              + real
              + " real and "
              + synthetic
              + " synthetic ones.");
    }
  }
}
