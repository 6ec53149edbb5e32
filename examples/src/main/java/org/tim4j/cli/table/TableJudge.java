package org.tim4j.cli.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.tribuo.evaluation.ColumnShapes;
import org.tim4j.tribuo.evaluation.PairTrends;
import org.tim4j.tribuo.evaluation.RecordPrivacy;
import org.tim4j.tribuo.evaluation.SupportCoverage;
import org.tim4j.tribuo.evaluation.TwoSampleTest;
import org.tim4j.tribuo.table.LabelledTable;
import org.tim4j.tribuo.table.Table;
import org.tim4j.tribuo.table.TableColumn;

/**
 * Measures rows as the published evaluations of generators of tables do, beside the same figures of
 * real held-out rows (what a perfect generator reaches) and of real rows whose columns were
 * shuffled independently (what a generator without any relation reaches).
 *
 * <p>The costly figures take an evenly drawn part of large tables, always the same.
 */
public final class TableJudge {
  private static final int NEIGHBOURHOOD = 3000;
  private static final int DETECTION = 10_000;
  private static final int RECORDS = 30_000;
  private static final int FEWEST = 6;

  private final LabelledTable training;
  private final LabelledTable heldOut;
  private final long seed;

  /**
   * @param training what the generator was trained on
   * @param heldOut real rows that it did not see
   * @param seed of all draws
   */
  public TableJudge(LabelledTable training, LabelledTable heldOut, long seed) {
    this.training = training;
    this.heldOut = heldOut;
    this.seed = seed;
  }

  /**
   * The figures of generated rows, by name; those that take more rows than there are, are left out.
   */
  public Map<String, Double> of(Table rows) {
    return figures(rows, part(heldOut.table(), NEIGHBOURHOOD, 0), rows);
  }

  /**
   * The figures of the held-out rows; those of privacy compare one random half of them with the
   * other.
   */
  public Map<String, Double> floor() {
    Table real = heldOut.table();
    int[] order = RandomStream.of(seed, 0, Purpose.EVALUATION).permutation(real.rows());
    int half = Math.min(real.rows() / 2, NEIGHBOURHOOD);
    Table first = real.select(Arrays.copyOf(order, half));
    Table second =
        real.select(Arrays.copyOfRange(order, half, Math.min(real.rows(), 2 * NEIGHBOURHOOD)));
    Map<String, Double> figures = figures(heldOut.table(), second, first);
    figures.putAll(usefulness(training.table()));
    return figures;
  }

  /** The figures of the training rows with every column shuffled on its own. */
  public Map<String, Double> ceiling() {
    return of(shuffled(training.table(), seed));
  }

  /** Rows with every column in another order. */
  public static Table shuffled(Table table, long seed) {
    List<TableColumn> columns = new ArrayList<>();
    for (TableColumn column : table.columns()) {
      int[] order =
          RandomStream.of(seed, columns.size(), Purpose.EVALUATION).permutation(table.rows());
      columns.add(
          new TableColumn(
              column.name(),
              column.categories(),
              Arrays.stream(order).mapToDouble(row -> column.values()[row]).toArray()));
    }
    return new Table(columns);
  }

  private Map<String, Double> figures(Table rows, Table unseen, Table fresh) {
    Map<String, Double> figures = new LinkedHashMap<>();
    Table real = training.table();
    figures.put("density error %", 100 * ColumnShapes.of(real, rows).error());
    figures.put("pair error %", 100 * PairTrends.of(real, rows).error());
    if (Math.min(real.rows(), rows.rows()) >= FEWEST) {
      TwoSampleTest test =
          TwoSampleTest.of(
              Judges.logistic(), part(real, DETECTION, 1), part(rows, DETECTION, 2), seed);
      figures.put("detection AUC", test.auc());
      figures.put("C2ST score", test.score());
      SupportCoverage support =
          SupportCoverage.of(part(real, NEIGHBOURHOOD, 3), part(rows, NEIGHBOURHOOD, 4));
      figures.put("α-precision", support.precision());
      figures.put("β-recall", support.recall());
    }
    if (rows != heldOut.table()) {
      figures.putAll(usefulness(rows));
    }
    if (real.rows() > 1 && unseen.rows() > 0 && fresh.rows() > 0) {
      RecordPrivacy privacy =
          RecordPrivacy.of(part(real, RECORDS, 6), unseen, part(fresh, NEIGHBOURHOOD, 5));
      figures.put("closest record", privacy.closestRatio());
      figures.put("closer to training", privacy.closerToTraining());
      figures.put("duplicates %", 100 * privacy.duplicates());
      figures.put("memorised %", 100 * privacy.memorised());
    }
    return figures;
  }

  private Map<String, Double> usefulness(Table rows) {
    return training.labels().isEmpty() || heldOut.table().rows() == 0
        ? Map.of()
        : new LearningEfficiency(training, heldOut.table()).of(rows);
  }

  private Table part(Table table, int most, int purpose) {
    if (table.rows() <= most) {
      return table;
    }
    int[] order = RandomStream.of(seed, purpose, Purpose.EVALUATION).permutation(table.rows());
    return table.select(IntStream.of(Arrays.copyOf(order, most)).sorted().toArray());
  }
}
