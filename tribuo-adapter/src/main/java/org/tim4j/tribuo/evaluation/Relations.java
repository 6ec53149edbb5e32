package org.tim4j.tribuo.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
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
    List<Discrete> discrete = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      discrete.add(Discrete.of(real.columns().get(i), synthetic.columns().get(i)));
    }
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        if (i == j) {
          continue;
        }
        if (discrete.get(i) != null && discrete.get(j) != null) {
          addDependence(discrete.get(i), discrete.get(j), relations);
        }
        addOrder(i, j, real, synthetic, relations);
      }
    }
    relations.sort(Comparator.comparingDouble(relation -> -relation.synthetic()));
    return relations;
  }

  /**
   * A column of few different values, numbered.
   *
   * @param real the number of each real row's value
   * @param synthetic the same of generated rows; -1 for a value that real rows do not have
   * @param count how many values there are
   * @param most how many rows have the most frequent one
   */
  private record Discrete(String name, int[] real, int[] synthetic, int count, int most) {
    /** Returns null if there are too many values. */
    static Discrete of(TableColumn real, TableColumn synthetic) {
      Map<Double, Integer> numbers = new HashMap<>();
      int[] codes = new int[real.values().length];
      int[] counts = new int[MAX_VALUES];
      for (int row = 0; row < codes.length; row++) {
        Integer known = numbers.get(real.values()[row]);
        if (known == null) {
          if (numbers.size() == MAX_VALUES) {
            return null;
          }
          known = numbers.size();
          numbers.put(real.values()[row], known);
        }
        codes[row] = known;
        counts[known]++;
      }
      int[] others =
          Arrays.stream(synthetic.values()).mapToInt(v -> numbers.getOrDefault(v, -1)).toArray();
      return new Discrete(
          real.name(), codes, others, numbers.size(), Arrays.stream(counts).max().orElse(0));
    }
  }

  private static void addDependence(Discrete from, Discrete to, List<Relation> relations) {
    int rows = from.real().length;
    if (to.most() > MAX_SHARE * rows || from.count() * 2 > rows) {
      return;
    }
    int[][] joint = new int[from.count()][to.count()];
    for (int row = 0; row < rows; row++) {
      joint[from.real()[row]][to.real()[row]]++;
    }
    int[] follows = new int[from.count()];
    int kept = 0;
    for (int value = 0; value < follows.length; value++) {
      for (int other = 1; other < to.count(); other++) {
        follows[value] =
            joint[value][other] > joint[value][follows[value]] ? other : follows[value];
      }
      kept += joint[value][follows[value]];
    }
    if (kept < KEPT * rows) {
      return;
    }
    int broken = 0;
    for (int row = 0; row < from.synthetic().length; row++) {
      int value = from.synthetic()[row];
      broken += value >= 0 && to.synthetic()[row] == follows[value] ? 0 : 1;
    }
    relations.add(
        new Relation(
            from.name() + " → " + to.name(),
            1 - kept / (double) rows,
            broken / (double) from.synthetic().length));
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
