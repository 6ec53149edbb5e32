package org.tim4j.tribuo.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tim4j.tribuo.table.Table;
import org.tim4j.tribuo.table.TableColumn;

/** Relations that real rows keep, and how often generated rows break them. */
public final class Relations {
  /** So many real rows keep what is called a relation. */
  private static final double KEPT = 0.995;

  /** A column of more different values determines too much by chance. */
  private static final int MAX_VALUES = 100;

  /** If one value is that frequent, knowing it needs no relation. */
  private static final double MAX_SHARE = 0.9;

  private Relations() {}

  /**
   * A relation.
   *
   * @param text such as {@code education → education-num}, or {@code start ≤ end}
   * @param real share of the real rows that break it
   * @param synthetic share of the generated rows that break it
   */
  public record Relation(String text, double real, double synthetic) {}

  /**
   * Finds relations in real rows: columns that determine another, and numbers that never exceed
   * another.
   *
   * @param synthetic the same columns, with the categories of {@code real} first
   * @return most broken first
   */
  public static List<Relation> of(Table real, Table synthetic) {
    List<Relation> relations = new ArrayList<>();
    int width = real.columns().size();
    boolean[] discrete = new boolean[width];
    for (int i = 0; i < width; i++) {
      TableColumn column = real.columns().get(i);
      discrete[i] = counts(column.values()).size() <= MAX_VALUES;
    }
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        if (i == j) {
          continue;
        }
        if (discrete[i] && discrete[j]) {
          addDependence(i, j, real, synthetic, relations);
        }
        addOrder(i, j, real, synthetic, relations);
      }
    }
    relations.sort(Comparator.comparingDouble(relation -> -relation.synthetic()));
    return relations;
  }

  private static Map<Double, Integer> counts(double[] values) {
    Map<Double, Integer> counts = new HashMap<>();
    for (double value : values) {
      counts.merge(value, 1, Integer::sum);
      if (counts.size() > MAX_VALUES) {
        break;
      }
    }
    return counts;
  }

  private static void addDependence(
      int from, int to, Table real, Table synthetic, List<Relation> relations) {
    double[] a = real.columns().get(from).values();
    double[] b = real.columns().get(to).values();
    Map<Double, Integer> shares = counts(b);
    int most = shares.values().stream().mapToInt(v -> v).max().orElse(0);
    if (most > MAX_SHARE * b.length || counts(a).size() * 2 > a.length) {
      return;
    }
    Map<Double, Map<Double, Integer>> joint = new HashMap<>();
    for (int row = 0; row < a.length; row++) {
      joint.computeIfAbsent(a[row], key -> new HashMap<>()).merge(b[row], 1, Integer::sum);
    }
    Map<Double, Double> follows = new HashMap<>();
    int kept = 0;
    for (Map.Entry<Double, Map<Double, Integer>> entry : joint.entrySet()) {
      Map.Entry<Double, Integer> usual =
          entry.getValue().entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
      follows.put(entry.getKey(), usual.getKey());
      kept += usual.getValue();
    }
    if (kept < KEPT * a.length) {
      return;
    }
    double[] x = synthetic.columns().get(from).values();
    double[] y = synthetic.columns().get(to).values();
    int broken = 0;
    for (int row = 0; row < x.length; row++) {
      broken += Double.valueOf(y[row]).equals(follows.get(x[row])) ? 0 : 1;
    }
    relations.add(
        new Relation(
            real.columns().get(from).name() + " → " + real.columns().get(to).name(),
            1 - kept / (double) a.length,
            broken / (double) x.length));
  }

  /** Columns whose ranges do not overlap are ordered without a relation. */
  private static void addOrder(
      int smaller, int larger, Table real, Table synthetic, List<Relation> relations) {
    TableColumn a = real.columns().get(smaller);
    TableColumn b = real.columns().get(larger);
    if (a.isCategorical() || b.isCategorical()) {
      return;
    }
    double most = Double.NEGATIVE_INFINITY;
    double least = Double.POSITIVE_INFINITY;
    int varied = 0;
    for (int row = 0; row < real.rows(); row++) {
      if (a.values()[row] > b.values()[row]) {
        return;
      }
      most = Math.max(most, a.values()[row]);
      least = Math.min(least, b.values()[row]);
    }
    for (int row = 0; row < real.rows(); row++) {
      varied += a.values()[row] > least && b.values()[row] < most ? 1 : 0;
    }
    if (varied < real.rows() / 10 || real.rows() < MAX_VALUES) {
      return;
    }
    double[] x = synthetic.columns().get(smaller).values();
    double[] y = synthetic.columns().get(larger).values();
    int broken = 0;
    for (int row = 0; row < x.length; row++) {
      broken += x[row] > y[row] ? 1 : 0;
    }
    relations.add(new Relation(a.name() + " ≤ " + b.name(), 0, broken / (double) x.length));
  }
}
