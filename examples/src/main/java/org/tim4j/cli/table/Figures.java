package org.tim4j.cli.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects measurements by row and column of a table, in the order of their first appearance. */
public final class Figures {
  private final Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();

  /** Adds a measurement. */
  public void add(String row, String column, double value) {
    values
        .computeIfAbsent(row, r -> new LinkedHashMap<>())
        .computeIfAbsent(column, c -> new ArrayList<>())
        .add(value);
  }

  /** Adds the measurements of a row. */
  public void addAll(String row, Map<String, Double> figures) {
    figures.forEach((column, value) -> add(row, column, value));
  }

  /** Mean and spread by row and column. */
  public Map<String, Map<String, Summary>> summaries() {
    Map<String, Map<String, Summary>> summaries = new LinkedHashMap<>();
    values.forEach(
        (row, columns) -> {
          Map<String, Summary> cells = new LinkedHashMap<>();
          columns.forEach((column, list) -> cells.put(column, Summary.of(list)));
          summaries.put(row, cells);
        });
    return summaries;
  }
}
