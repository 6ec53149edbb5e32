package org.tim4j.objective.metric;

/** Selection of the k smallest of many values, for k so small that insertion is fastest. */
final class Smallest {
  private Smallest() {}

  /** Indices of the {@code k} smallest values, ascending by value; of equals the first comes. */
  static int[] indices(double[] values, int k) {
    int[] smallest = new int[k];
    int found = 0;
    for (int i = 0; i < values.length; i++) {
      if (found == k && values[i] >= values[smallest[k - 1]]) {
        continue;
      }
      int place = found < k ? found++ : k - 1;
      while (place > 0 && values[smallest[place - 1]] > values[i]) {
        smallest[place] = smallest[place - 1];
        place--;
      }
      smallest[place] = i;
    }
    return smallest;
  }
}
