package org.tim4j.tribuo.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tim4j.layers.base.InvalidInputException;

/** All constraints of a table. The columns that follow from a sum are not learnt but computed. */
final class Constraints {
  private static final int MAX_COMBINATIONS = 200_000;

  private final List<String> texts;
  private final List<Constraint> constraints;
  private final Map<Integer, Constraint.Sum> derived = new TreeMap<>();

  private Constraints(List<String> texts, List<Constraint> constraints, Set<Integer> labels) {
    this.texts = texts;
    this.constraints = constraints;
    for (Constraint constraint : constraints) {
      if (constraint instanceof Constraint.Sum sum) {
        int column =
            sum.columns().stream()
                .filter(c -> !labels.contains(c) && !derived.containsKey(c))
                .findFirst()
                .orElseThrow(
                    () ->
                        new InvalidInputException(
                            "every column of '"
                                + texts.get(constraints.indexOf(constraint))
                                + "' is a label or follows from another sum; drop the constraint"));
        derived.put(column, sum);
      }
    }
  }

  /**
   * Reads the constraints of a table and checks them on its rows.
   *
   * @param labels columns that must stay
   * @throws InvalidInputException if one is not understood or a row breaks it
   */
  static Constraints of(TableFile file, Table table, Set<Integer> labels) {
    List<String> texts = file.schema().constraints();
    List<Constraint> constraints = new ArrayList<>();
    for (String text : texts) {
      Constraint constraint = Constraint.parse(text, table, file.schema());
      for (int row = 0; row < table.rows(); row++) {
        if (!constraint.holds(row(table, row))) {
          throw new InvalidInputException(
              String.format(
                  Locale.ROOT,
                  "%s, line %d breaks the constraint '%s'; correct the row or drop the constraint",
                  file,
                  file.line(row),
                  text));
        }
      }
      if (constraint instanceof Constraint.Combinations combinations
          && combinations.known().size() > MAX_COMBINATIONS) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "'%s' has %d combinations, more than %d; drop the constraint",
                text,
                combinations.known().size(),
                MAX_COMBINATIONS));
      }
      constraints.add(constraint);
    }
    return new Constraints(texts, constraints, labels);
  }

  /** The constraints of a saved generator, whose combinations are known. */
  static Constraints of(
      TableSchema schema,
      Table empty,
      Map<String, List<List<Double>>> combinations,
      Set<Integer> labels) {
    List<Constraint> constraints = new ArrayList<>();
    for (String text : schema.constraints()) {
      Constraint constraint = Constraint.parse(text, empty, schema);
      constraints.add(
          constraint instanceof Constraint.Combinations of
              ? new Constraint.Combinations(
                  of.columns(), Set.copyOf(combinations.getOrDefault(text, List.of())))
              : constraint);
    }
    return new Constraints(schema.constraints(), constraints, labels);
  }

  /** The combinations that there are, by the text of their constraint. */
  Map<String, List<List<Double>>> combinations() {
    Map<String, List<List<Double>>> known = new TreeMap<>();
    for (int i = 0; i < texts.size(); i++) {
      if (constraints.get(i) instanceof Constraint.Combinations combinations) {
        known.put(texts.get(i), List.copyOf(combinations.known()));
      }
    }
    return known;
  }

  boolean isDerived(int column) {
    return derived.containsKey(column);
  }

  /** Computes the derived columns of a row. */
  void derive(double[] row, List<NumericCells> cells) {
    for (int pass = 0; pass < derived.size(); pass++) { // One may follow from another.
      derived.forEach(
          (column, sum) -> row[column] = cells.get(column).round(sum.solve(column, row)));
    }
  }

  boolean hold(double[] row) {
    return constraints.stream().allMatch(constraint -> constraint.holds(row));
  }

  static double[] row(Table table, int row) {
    return table.columns().stream().mapToDouble(column -> column.values()[row]).toArray();
  }
}
