package org.tim4j.tribuo.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The cells of a column as texts, each different text held once. */
final class TextColumn {
  private static final int FIRST_CAPACITY = 64;

  private final String name;
  private final Map<String, Integer> codes = new HashMap<>();
  private final List<String> texts = new ArrayList<>();
  private final List<Integer> firstRows = new ArrayList<>();
  private int[] cells = new int[FIRST_CAPACITY];
  private int rows;

  TextColumn(String name) {
    this.name = name;
  }

  void add(String cell) {
    if (rows == cells.length) {
      cells = Arrays.copyOf(cells, 2 * rows);
    }
    Integer code = codes.get(cell);
    if (code == null) {
      code = texts.size();
      codes.put(cell, code);
      texts.add(cell);
      firstRows.add(rows);
    }
    cells[rows++] = code;
  }

  String name() {
    return name;
  }

  int rows() {
    return rows;
  }

  /** The different texts, in the order of their first rows. */
  List<String> texts() {
    return texts;
  }

  /** The index of a row's text. */
  int code(int row) {
    return cells[row];
  }

  String cell(int row) {
    return texts.get(cells[row]);
  }

  /** The first row with the text of that index. */
  int firstRow(int code) {
    return firstRows.get(code);
  }

  /** How many rows have each text. */
  int[] counts() {
    int[] counts = new int[texts.size()];
    for (int row = 0; row < rows; row++) {
      counts[cells[row]]++;
    }
    return counts;
  }
}
