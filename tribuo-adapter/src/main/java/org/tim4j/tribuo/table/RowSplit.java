package org.tim4j.tribuo.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/**
 * A random division of rows. Of every class the same share is held out; a class of one row is only
 * trained on.
 *
 * @param training rows to train on, in order
 * @param heldOut the others, in order
 * @param alone classes that have a single row, so that none is held out
 */
public record RowSplit(int[] training, int[] heldOut, List<String> alone) {

  /**
   * Divides the rows of a table.
   *
   * @param share of the rows to train on
   * @param seed of the division
   */
  public static RowSplit of(LabelledTable table, double share, long seed) {
    Map<String, List<Integer>> classes = new TreeMap<>();
    for (int row = 0; row < table.table().rows(); row++) {
      classes.computeIfAbsent(name(table, row), name -> new ArrayList<>()).add(row);
    }
    List<Integer> training = new ArrayList<>();
    List<Integer> heldOut = new ArrayList<>();
    List<String> alone = new ArrayList<>();
    int index = 0;
    for (Map.Entry<String, List<Integer>> entry : classes.entrySet()) {
      List<Integer> rows = entry.getValue();
      int[] order = RandomStream.of(seed, index++, Purpose.DATA_SPLIT).permutation(rows.size());
      int trained = (int) Math.rint(share * rows.size());
      trained = Math.max(1, rows.size() > 1 ? Math.min(trained, rows.size() - 1) : 1);
      for (int i = 0; i < order.length; i++) {
        (i < trained ? training : heldOut).add(rows.get(order[i]));
      }
      if (rows.size() == 1) {
        alone.add(entry.getKey());
      }
    }
    return new RowSplit(sorted(training), sorted(heldOut), alone);
  }

  private static String name(LabelledTable table, int row) {
    if (table.kind() == OutputKind.NUMBERS) {
      return "";
    }
    StringBuilder name = new StringBuilder();
    for (String label : table.labels()) {
      TableColumn column = table.table().columns().get(table.table().indexOf(label));
      double value = column.values()[row];
      name.append(name.isEmpty() ? "" : ", ")
          .append(Double.isNaN(value) ? "" : column.categories().get((int) value));
    }
    return name.toString();
  }

  private static int[] sorted(List<Integer> rows) {
    int[] sorted = rows.stream().mapToInt(row -> row).toArray();
    Arrays.sort(sorted);
    return sorted;
  }
}
