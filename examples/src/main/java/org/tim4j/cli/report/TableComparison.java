package org.tim4j.cli.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.tim4j.cli.table.TableJudge;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.tribuo.evaluation.ColumnShapes;
import org.tim4j.tribuo.evaluation.PairTrends;
import org.tim4j.tribuo.table.Table;

/**
 * Generated rows beside real ones, and both beside what real rows reach among themselves and what
 * rows without any relation reach.
 *
 * @param real the real rows
 * @param synthetic the generated rows
 * @param shapes how alike single columns are
 * @param trends how alike pairs of columns are
 * @param halves errors of one half of the real rows against the other: columns, pairs
 * @param shuffled errors of the real rows with every column shuffled on its own
 */
public record TableComparison(
    Table real,
    Table synthetic,
    ColumnShapes shapes,
    PairTrends trends,
    double[] halves,
    double[] shuffled) {
  /**
   * A pair of columns.
   *
   * @param names {@code a × b}
   * @param score in [0, 1]
   */
  public record Pair(String names, double score) {}

  /**
   * Compares rows.
   *
   * @param synthetic the same columns, with the categories of {@code real} first
   * @param seed of the halves and the shuffling
   */
  public static TableComparison of(Table real, Table synthetic, long seed) {
    int[] order = RandomStream.of(seed, 0, Purpose.EVALUATION).permutation(real.rows());
    int half = real.rows() / 2;
    double[] halves = {Double.NaN, Double.NaN};
    if (half > 0) {
      halves =
          errors(
              real.select(IntStream.range(0, half).map(i -> order[i]).toArray()),
              real.select(IntStream.range(half, order.length).map(i -> order[i]).toArray()));
    }
    return new TableComparison(
        real,
        synthetic,
        ColumnShapes.of(real, synthetic),
        PairTrends.of(real, synthetic),
        halves,
        errors(real, TableJudge.shuffled(real, seed)));
  }

  private static double[] errors(Table a, Table b) {
    return new double[] {ColumnShapes.of(a, b).error(), PairTrends.of(a, b).error()};
  }

  /** The pairs of columns, least alike first. */
  public List<Pair> worstPairs() {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < trends.names().size(); i++) {
      for (int j = i + 1; j < trends.names().size(); j++) {
        if (!Double.isNaN(trends.scores()[i][j])) {
          pairs.add(
              new Pair(
                  trends.names().get(i) + " × " + trends.names().get(j), trends.scores()[i][j]));
        }
      }
    }
    pairs.sort(Comparator.comparingDouble(Pair::score));
    return pairs;
  }

  /** The errors in one line, with what is worst. */
  public String summary() {
    List<Pair> pairs = worstPairs();
    String worst = shapes.worst();
    return String.format(
        Locale.ROOT,
        "density error %.1f %% (worst: %s, %.1f %%), pair error %.1f %%%s; halves of the real rows %.1f and %.1f %%, columns shuffled %.1f and %.1f %%",
        100 * shapes.error(),
        worst,
        100 * (1 - shapes.scores().get(worst)),
        100 * trends.error(),
        pairs.isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                " (worst: %s, %.1f %%)",
                pairs.get(0).names(),
                100 * (1 - pairs.get(0).score())),
        100 * halves[0],
        100 * halves[1],
        100 * shuffled[0],
        100 * shuffled[1]);
  }

  /** The figures by name. */
  public Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("densityError", shapes.error());
    figures.put("pairError", trends.error());
    figures.put("halvesDensityError", halves[0]);
    figures.put("halvesPairError", halves[1]);
    figures.put("shuffledPairError", shuffled[1]);
    figures.put("worstColumn", shapes.worst());
    figures.put("columns", shapes.scores());
    figures.put("worstPairs", worstPairs().stream().limit(5).toList());
    return figures;
  }
}
