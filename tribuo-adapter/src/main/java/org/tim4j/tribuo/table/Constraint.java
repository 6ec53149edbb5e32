package org.tim4j.tribuo.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tim4j.layers.base.InvalidInputException;

/** What holds between the columns of every row. A missing value breaks nothing. */
sealed interface Constraint {
  /** Whether a row keeps it; {@code row} has a value of every column of the table. */
  boolean holds(double[] row);

  /**
   * {@code a <= b}, or {@code a < b}.
   *
   * @param strict whether equality breaks it
   */
  record Order(int smaller, int larger, boolean strict) implements Constraint {
    @Override
    public boolean holds(double[] row) {
      boolean missing = Double.isNaN(row[smaller]) || Double.isNaN(row[larger]);
      return missing || (strict ? row[smaller] < row[larger] : row[smaller] <= row[larger]);
    }
  }

  /**
   * {@code a + b = c}, with any number of terms.
   *
   * @param tolerance half of the last digit
   */
  record Sum(List<Integer> terms, int total, double tolerance) implements Constraint {
    @Override
    public boolean holds(double[] row) {
      double difference = -row[total];
      for (int term : terms) {
        difference += row[term];
      }
      return Double.isNaN(difference) || Math.abs(difference) <= tolerance;
    }

    /** The columns, the total first. */
    List<Integer> columns() {
      List<Integer> all = new ArrayList<>(List.of(total));
      all.addAll(terms);
      return all;
    }

    /** The value of one of the columns that follows from the others. */
    double solve(int column, double[] row) {
      double value = column == total ? 0 : row[total];
      for (int term : terms) {
        if (term != column) {
          value += column == total ? row[term] : -row[term];
        }
      }
      return value;
    }
  }

  /**
   * {@code combinations(a, b)}: only those that real rows have.
   *
   * @param known the values of the columns, of every combination that there is
   */
  record Combinations(List<Integer> columns, Set<List<Double>> known) implements Constraint {
    @Override
    public boolean holds(double[] row) {
      return known.contains(of(row));
    }

    private List<Double> of(double[] row) {
      return columns.stream().map(column -> row[column]).toList();
    }
  }

  /** The grammar of the texts. */
  Pattern COMBINATIONS = Pattern.compile("combinations\\((.+)\\)");

  /** The grammar of the texts. */
  Pattern ORDER = Pattern.compile("(.+?)\\s*(<=|<|>=|>)\\s*(.+)");

  /** The grammar of the texts. */
  Pattern SUM = Pattern.compile("(.+?)\\s*=\\s*(.+)");

  /**
   * Reads a constraint.
   *
   * @param text such as {@code start <= end}, {@code net + tax = gross} or {@code
   *     combinations(city, country)}
   * @param table the real rows
   * @throws InvalidInputException if it is none, or names what is no column of the table
   */
  static Constraint parse(String text, Table table, TableSchema schema) {
    Matcher combinations = COMBINATIONS.matcher(text.strip());
    if (combinations.matches()) {
      return combinations(
          Arrays.stream(combinations.group(1).split(","))
              .map(name -> index(name, table, text))
              .toList(),
          table);
    }
    Matcher order = ORDER.matcher(text.strip());
    if (order.matches()) {
      int left = number(order.group(1), table, text);
      int right = number(order.group(3), table, text);
      boolean rising = order.group(2).startsWith("<");
      return new Order(rising ? left : right, rising ? right : left, order.group(2).length() == 1);
    }
    Matcher sum = SUM.matcher(text.strip());
    if (sum.matches()) {
      return sum(sum.group(1), sum.group(2), text, table, schema);
    }
    throw new InvalidInputException(
        String.format(
            Locale.ROOT,
            "'%s' is no constraint; give one such as a <= b, a + b = c or combinations(a, b)",
            text));
  }

  private static Constraint sum(
      String left, String right, String text, Table table, TableSchema schema) {
    boolean totalFirst = left.indexOf('+') < 0 && right.indexOf('+') >= 0;
    String terms = totalFirst ? right : left;
    String total = totalFirst ? left : right;
    List<Integer> columns =
        Arrays.stream(terms.split("\\+")).map(name -> number(name, table, text)).toList();
    int decimals = 0;
    for (TableColumn column : table.columns()) {
      NumberFormat format = schema.column(column.name()).number();
      decimals = Math.max(decimals, format == null ? 0 : format.decimals());
    }
    return new Sum(columns, number(total, table, text), 0.5 * Math.pow(10, -decimals));
  }

  private static Combinations combinations(List<Integer> columns, Table table) {
    Set<List<Double>> known = new HashSet<>();
    for (int row = 0; row < table.rows(); row++) {
      int at = row;
      known.add(columns.stream().map(c -> table.columns().get(c).values()[at]).toList());
    }
    return new Combinations(columns, known);
  }

  private static int index(String name, Table table, String text) {
    int index = table.indexOf(name.strip());
    if (index < 0) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "the constraint '%s' names '%s', which is no column of numbers or categories",
              text,
              name.strip()));
    }
    return index;
  }

  private static int number(String name, Table table, String text) {
    int index = index(name, table, text);
    if (table.columns().get(index).isCategorical()) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "the constraint '%s' needs numbers; '%s' holds categories",
              text,
              name.strip()));
    }
    return index;
  }
}
