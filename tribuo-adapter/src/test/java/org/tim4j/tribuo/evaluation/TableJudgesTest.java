package org.tim4j.tribuo.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.tribuo.table.Table;
import org.tim4j.tribuo.table.TableColumn;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;

/** The judges of tables against values that were computed by hand. */
class TableJudgesTest {
  private static final double NONE = Double.NaN;

  private static TableColumn numbers(String name, double... values) {
    return new TableColumn(name, null, values);
  }

  private static TableColumn categories(String name, double... values) {
    return new TableColumn(name, List.of("a", "b", "c"), values);
  }

  private static Table table(TableColumn... columns) {
    return new Table(List.of(columns));
  }

  @Test
  void shapesAreComplementsOfDistances() {
    Table real = table(numbers("n", 1, 2, 3, 4), categories("c", 0, 0, 1, NONE));
    Table made = table(numbers("n", 2, 3, NONE, 4), categories("c", 0, 1, 1, 1));
    ColumnShapes shapes = ColumnShapes.of(real, made);
    // At 1 the distribution functions are 1/4 and 0, at 3 they are 3/4 and 2/3.
    assertEquals(0.75, shapes.scores().get("n"), 1e-15);
    // Shares 1/2, 1/4, 1/4 missing against 1/4, 3/4, 0.
    assertEquals(0.5, shapes.scores().get("c"), 1e-15);
    assertEquals(0.375, shapes.error(), 1e-15);
    assertEquals("c", shapes.worst());
  }

  @Test
  void trendsOfNumbersCompareCorrelations() {
    Table real = table(numbers("x", 0, 1, 2), numbers("y", 0, 2, 4));
    assertEquals(
        1, PairTrends.of(real, table(numbers("x", 0, 1, 2), numbers("y", 9, 8, 7))).error(), 1e-12);
    assertEquals(
        0.5,
        PairTrends.of(real, table(numbers("x", 0, 1, 2), numbers("y", 0, 1, 0))).error(),
        1e-12);
    // The correlation is that of the rows with both values.
    Table gaps = table(numbers("x", 0, 1, 2, NONE), numbers("y", 0, 2, 4, -50));
    assertEquals(0, PairTrends.of(real, gaps).error(), 1e-12);
  }

  @Test
  void trendsWithCategoriesCompareJointShares() {
    Table real = table(categories("c", 0, 0, 1, 1), categories("d", 0, 0, 1, 1));
    Table made = table(categories("c", 0, 0, 1, 1), categories("d", 0, 1, 1, 0));
    // Cells aa, ab, ba, bb: 1/2, 0, 0, 1/2 against 1/4 each.
    assertEquals(0.5, PairTrends.of(real, made).error(), 1e-12);
    // Ten bins of width 1 over 0 … 10: 0 and 0.5 share one, 1.5 is in the next, 10 beyond the last.
    Table binned = table(numbers("n", 0, 0.5, 1.5, 10), categories("c", 0, 0, 1, 1));
    Table moved = table(numbers("n", 0.9, 0.1, 1, 9.5), categories("c", 0, 0, 1, 1));
    assertEquals(0.25, PairTrends.of(binned, moved).error(), 1e-12);
  }

  @Test
  void correlationsInOnePassAreThoseOfTheDefinition() {
    int rows = 9001;
    double[][] columns = new double[4][rows];
    RandomStream random = RandomStream.of(3, 0, Purpose.EVALUATION);
    for (int row = 0; row < rows; row++) {
      double[] z = random.gaussians(3);
      columns[0][row] = 1e6 + z[0];
      columns[1][row] = 0.6 * z[0] + 0.8 * z[1];
      columns[2][row] = row % 7 == 0 ? NONE : z[2] - z[1];
      columns[3][row] = 5;
    }
    double[][] found = PearsonCorrelation.of(columns);
    double[][] complete =
        PearsonCorrelation.of(new double[][] {columns[0], columns[1], columns[3]});
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        assertEquals(pearson(columns[i], columns[j]), found[i][j], 1e-9, i + " " + j);
      }
      assertTrue(Double.isNaN(found[i][3]));
    }
    assertEquals(found[0][1], complete[0][1], 1e-12);
  }

  private static double pearson(double[] a, double[] b) {
    int[] both = IntStream.range(0, a.length).filter(i -> !Double.isNaN(a[i] + b[i])).toArray();
    double meanA = Arrays.stream(both).mapToDouble(i -> a[i]).average().orElseThrow();
    double meanB = Arrays.stream(both).mapToDouble(i -> b[i]).average().orElseThrow();
    double ab = Arrays.stream(both).mapToDouble(i -> (a[i] - meanA) * (b[i] - meanB)).sum();
    double aa = Arrays.stream(both).mapToDouble(i -> (a[i] - meanA) * (a[i] - meanA)).sum();
    double bb = Arrays.stream(both).mapToDouble(i -> (b[i] - meanB) * (b[i] - meanB)).sum();
    return ab / Math.sqrt(aa * bb);
  }

  @Test
  void theAreaUnderTheCurveCountsPairs() {
    // Of the pairs (0.9, 0.5), (0.9, 0.1), (0.5, 0.5), (0.5, 0.1) three and a half are in order.
    assertEquals(
        3.5 / 4,
        RankAuc.of(new double[] {0.9, 0.5, 0.1, 0.5}, new boolean[] {true, false, false, true}));
    assertTrue(Double.isNaN(RankAuc.of(new double[] {1, 2}, new boolean[] {true, true})));
  }

  @Test
  void rowsThatAreApartAreDetectedAndEqualOnesAreNot() {
    double[] values = IntStream.range(0, 300).mapToDouble(i -> i % 10).toArray();
    Table real = table(numbers("x", values));
    Table same = table(numbers("x", values.clone()));
    Table far = table(numbers("x", Arrays.stream(values).map(v -> v + 20).toArray()));
    LogisticRegressionTrainer logistic = new LogisticRegressionTrainer();
    assertEquals(1, TwoSampleTest.of(logistic, real, far, 1).auc(), 1e-12);
    assertEquals(0, TwoSampleTest.of(logistic, real, far, 1).score(), 1e-12);
    assertEquals(0.5, TwoSampleTest.of(logistic, real, same, 1).auc(), 0.06);
  }

  @Test
  void supportIsCoveredByEqualRowsAndMissedByFarOnes() {
    double[] values = IntStream.range(0, 101).mapToDouble(i -> i).toArray();
    Table real = table(numbers("x", values));
    SupportCoverage same = SupportCoverage.of(real, real);
    assertEquals(1, same.precision(), 0.02);
    assertEquals(1, same.recall(), 0.02);
    SupportCoverage far =
        SupportCoverage.of(
            real, table(numbers("x", Arrays.stream(values).map(v -> v + 1000).toArray())));
    assertEquals(0, far.precision(), 1e-12);
    assertEquals(0, far.recall(), 0.02);
    // All in the centre: within every ball, 1 - Σ(1 - α) / Σα = 0; few real rows have a neighbour.
    SupportCoverage typical = SupportCoverage.of(real, table(numbers("x", 50, 50, 50)));
    assertEquals(0, typical.precision(), 1e-12);
  }

  @Test
  void copiesAndMemorisedRowsAreCounted() {
    Table training = table(numbers("x", 0, 10, 20, 30), categories("c", 0, 0, 1, 1));
    Table heldOut = table(numbers("x", 5, 15, 25, 6), categories("c", 0, 0, 1, 0));
    // A copy; one of no record three times nearer than another; one near a record.
    Table made = table(numbers("x", 10, 5, 29), categories("c", 0, 0, 1));
    RecordPrivacy privacy = RecordPrivacy.of(training, heldOut, made);
    assertEquals(1.0 / 3, privacy.duplicates(), 1e-12);
    assertEquals(2.0 / 3, privacy.memorised(), 1e-12);
    // The copy and 29 are nearer to training records, 5 equals a held-out row.
    assertEquals(2.0 / 3, privacy.closerToTraining(), 1e-12);
    // Distances of range 30: 0, 5/30, 1/30; of held-out rows 5, 5, 5 and 4 thirtieths.
    assertEquals(1.0 / 5, privacy.closestRatio(), 1e-12);
  }

  @Test
  void sortedRecordsAreDrawnFromAtRandom() {
    double[] sorted = IntStream.range(0, 400).mapToDouble(i -> i).toArray();
    double[] between = IntStream.range(0, 100).mapToDouble(i -> 4 * i + 1.5).toArray();
    double[] fresh = IntStream.range(0, 100).mapToDouble(i -> 4 * i + 2.25).toArray();
    RecordPrivacy privacy =
        RecordPrivacy.of(
            table(numbers("x", sorted)), table(numbers("x", between)), table(numbers("x", fresh)));
    // A held-out row is 3/4 away from each; of 100 in 400 records one is within that for about
    // half.
    assertTrue(privacy.closerToTraining() > 0.2, "" + privacy.closerToTraining());
    assertEquals(0.5, privacy.closestRatio(), 1e-12);
  }

  @Test
  void oneHotDistancesAreAsIfSpreadOut() {
    Table records = table(numbers("x", 0, 4), categories("c", 0, 1));
    Table rows = table(numbers("x", 1), categories("c", 1));
    RecordDistance[] nearest = RecordDistance.of(records, rows);
    // To the first √(1/16 + 2), to the second 3/4.
    assertEquals(1, nearest[0].record());
    assertEquals(0.75, nearest[0].distance(), 1e-12);
  }

  @Test
  void relationsThatAreBrokenAreFound() {
    int rows = 200;
    double[] degree = IntStream.range(0, rows).mapToDouble(i -> i % 3).toArray();
    double[] years = Arrays.stream(degree).map(d -> 8 + 2 * d).toArray();
    double[] start = IntStream.range(0, rows).mapToDouble(i -> i % 50).toArray();
    double[] end = IntStream.range(0, rows).mapToDouble(i -> i % 50 + i % 4).toArray();
    Table real =
        table(
            categories("degree", degree),
            numbers("years", years),
            numbers("start", start),
            numbers("end", end));
    double[] wrong = years.clone();
    double[] early = end.clone();
    for (int i = 0; i < 50; i++) {
      wrong[i] = 30;
    }
    for (int i = 0; i < 20; i++) {
      early[i] = -1;
    }
    Table made =
        table(
            categories("degree", degree),
            numbers("years", wrong),
            numbers("start", start),
            numbers("end", early));
    List<Relations.Relation> found = Relations.of(real, made);
    assertEquals(
        0.25,
        found.stream()
            .filter(r -> r.text().equals("degree → years"))
            .findFirst()
            .orElseThrow()
            .synthetic(),
        1e-12);
    Relations.Relation order =
        found.stream().filter(r -> r.text().equals("start ≤ end")).findFirst().orElseThrow();
    assertEquals(0.1, order.synthetic(), 1e-12);
    assertEquals(0, order.real());
  }

  @Test
  void associationIsCorrelationOrCramersV() {
    Table table =
        table(
            categories("c", 0, 0, 1, 1),
            categories("d", 1, 1, 0, 0),
            categories("e", 0, 1, 0, 1),
            numbers("x", 1, 2, 3, 4),
            numbers("y", 8, 6, 4, 2));
    double[][] strengths = Association.of(table).strengths();
    assertEquals(1, strengths[0][1], 1e-12);
    assertEquals(0, strengths[0][2], 1e-12);
    assertEquals(1, strengths[3][4], 1e-12);
    assertArrayEquals(
        strengths[1],
        new double[] {strengths[0][1], 1, strengths[2][1], strengths[3][1], strengths[4][1]});
  }
}
