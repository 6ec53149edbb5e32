package org.tim4j.tribuo.evaluation;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.tribuo.table.Table;

/**
 * How near generated rows come to the records that the generator was trained on. These are figures
 * of one table, no guarantee: there is no differential privacy.
 *
 * @param closestRatio median distance to the closest training record, over that of held-out rows;
 *     about 1 for rows as fresh as those
 * @param closerToTraining share of the rows that are closer to a training record than to a held-out
 *     one, of as many of each; 0.5 is ideal
 * @param duplicates share of the rows that equal a training record
 * @param memorised share of the rows whose closest training record is less than a third as far as
 *     the second closest
 */
public record RecordPrivacy(
    double closestRatio, double closerToTraining, double duplicates, double memorised) {
  private static final double MEMORISED = 1.0 / 3;

  /**
   * Measures rows.
   *
   * @param training at least two records
   * @param heldOut at least one
   * @param synthetic at least one
   * @throws IllegalArgumentException if there are fewer
   */
  public static RecordPrivacy of(Table training, Table heldOut, Table synthetic) {
    if (training.rows() < 2 || heldOut.rows() < 1 || synthetic.rows() < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Two training records, a held-out and a generated row are needed, found %d, %d and %d.",
              training.rows(),
              heldOut.rows(),
              synthetic.rows()));
    }
    RowSpace space = new RowSpace(training);
    RowSpace.Points records = space.points(training);
    RowSpace.Points others = space.points(heldOut);
    RowSpace.Points rows = space.points(synthetic);
    double[] closest = new double[rows.count()];
    int same = Math.min(records.count(), others.count());
    RowSpace.Points fewRecords = drawn(records, same);
    RowSpace.Points fewOthers = drawn(others, same);
    Set<List<Double>> known = new HashSet<>();
    for (int row = 0; row < training.rows(); row++) {
      known.add(values(training, row));
    }
    double closer = 0;
    int duplicates = 0;
    int memorised = 0;
    for (int row = 0; row < closest.length; row++) {
      RowSpace.Nearest nearest = rows.nearest(row, records, false);
      closest[row] = nearest.distance();
      memorised += nearest.distance() < MEMORISED * nearest.second() ? 1 : 0;
      double trained = rows.nearest(row, fewRecords, false).distance();
      double unseen = rows.nearest(row, fewOthers, false).distance();
      closer += trained < unseen ? 1 : trained == unseen ? 0.5 : 0;
      duplicates += known.contains(values(synthetic, row)) ? 1 : 0;
    }
    double[] floor = new double[others.count()];
    for (int row = 0; row < floor.length; row++) {
      floor[row] = others.nearest(row, records, false).distance();
    }
    double n = closest.length;
    return new RecordPrivacy(
        median(closest) / median(floor), closer / n, duplicates / n, memorised / n);
  }

  /** Files are often sorted, so the first rows would not do. */
  private static RowSpace.Points drawn(RowSpace.Points points, int count) {
    int[] order = RandomStream.of(0, 0, Purpose.EVALUATION).permutation(points.count());
    double[][] numbers = new double[count][];
    int[][] categories = new int[count][];
    for (int i = 0; i < count; i++) {
      numbers[i] = points.numbers()[order[i]];
      categories[i] = points.categories()[order[i]];
    }
    return new RowSpace.Points(numbers, categories);
  }

  private static List<Double> values(Table table, int row) {
    return table.columns().stream().map(column -> column.values()[row]).toList();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
