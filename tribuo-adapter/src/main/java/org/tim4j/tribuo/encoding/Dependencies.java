package org.tim4j.tribuo.encoding;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds columns whose value follows from another column's in all rows: copies, codes beside names,
 * parts of a hierarchy.
 *
 * <p>A column that follows by chance is left alone. Of n rows and k values of the other column, n -
 * k rows repeat a value and could have contradicted; if the columns were independent, each would
 * agree with probability {@code Σ p²} over the shares p of the following column's values. The
 * probability that all do must be below a millionth, shared out over the pairs of columns.
 */
final class Dependencies {
  private static final double LOG_OF_CHANCE = Math.log(1e-6);

  /**
   * A column that takes few values.
   *
   * @param features its features
   * @param keys the value of each row, as {@link DerivedColumn#key} has it
   * @param preference the smaller, the better its code keeps values apart
   */
  record Candidate(int[] features, double[] keys, int preference) {}

  /** The values of a candidate, numbered; {@code numbers} holds that of each row. */
  private record Numbered(double[] values, int[] numbers) {
    static Numbered of(double[] keys) {
      double[] sorted = keys.clone();
      Arrays.sort(sorted);
      double[] values = new double[sorted.length];
      int count = 0;
      for (double key : sorted) {
        if (count == 0 || Double.compare(key, values[count - 1]) != 0) {
          values[count++] = key;
        }
      }
      double[] distinct = Arrays.copyOf(values, count);
      int[] numbers =
          Arrays.stream(keys).mapToInt(key -> Arrays.binarySearch(distinct, key)).toArray();
      return new Numbered(distinct, numbers);
    }

    /** {@code log Σ p²}: how often two rows agree. */
    double logOfAgreement() {
      long[] counts = new long[values.length];
      for (int number : numbers) {
        counts[number]++;
      }
      double agreement = 0;
      for (long count : counts) {
        agreement += Math.pow((double) count / numbers.length, 2);
      }
      return Math.log(agreement);
    }
  }

  private final List<Candidate> candidates;
  private final Numbered[] numbered;

  Dependencies(List<Candidate> candidates) {
    this.candidates = candidates;
    this.numbered = new Numbered[candidates.size()];
    for (int i = 0; i < numbered.length; i++) {
      numbered[i] = Numbered.of(candidates.get(i).keys());
    }
  }

  /**
   * Returns, for each candidate, the column that replaces it, or null if it follows from no other.
   * What a column follows from is never replaced itself.
   */
  DerivedColumn[] find() {
    DerivedColumn[] found = new DerivedColumn[numbered.length];
    // What determines another has at least as many values; of two copies the preferred code stays.
    int[] order =
        IntStream.range(0, numbered.length)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(i -> -numbered[i].values().length)
                    .thenComparingInt(i -> candidates.get(i).preference())
                    .thenComparingInt(i -> i))
            .mapToInt(i -> i)
            .toArray();
    for (int i = 1; i < order.length; i++) {
      int follower = order[i];
      for (int j = 0; j < i && found[follower] == null; j++) {
        if (found[order[j]] == null) {
          found[follower] = derive(order[j], follower);
        }
      }
    }
    return found;
  }

  private DerivedColumn derive(int source, int follower) {
    Numbered from = numbered[source];
    Numbered to = numbered[follower];
    int[] image = new int[from.values().length];
    Arrays.fill(image, -1);
    for (int row = 0; row < from.numbers().length; row++) {
      int number = from.numbers()[row];
      if (image[number] >= 0 && image[number] != to.numbers()[row]) {
        return null;
      }
      image[number] = to.numbers()[row];
    }
    double couldContradict = from.numbers().length - from.values().length;
    double allowed = LOG_OF_CHANCE - 2 * Math.log(numbered.length);
    if (couldContradict * to.logOfAgreement() > allowed) {
      return null;
    }
    return new DerivedColumn(
        candidates.get(source).features(),
        candidates.get(follower).features(),
        from.values(),
        Arrays.stream(image).mapToDouble(number -> to.values()[number]).toArray());
  }
}
