package org.tim4j.cli.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.tim4j.tribuo.evaluation.RecordDistance;
import org.tim4j.tribuo.table.Table;
import org.tim4j.tribuo.table.TableSchema;

/** The generated rows that are nearest to a record, each with that record below it. */
final class ClosestRows {
  private static final int SHOWN = 3;
  private static final int MAX_COLUMNS = 20;

  private ClosestRows() {}

  static String html(Table records, Table rows, TableSchema schema) {
    RecordDistance[] nearest = RecordDistance.of(records, rows);
    List<Integer> order =
        IntStream.range(0, nearest.length)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> nearest[row].distance()))
            .limit(SHOWN)
            .toList();
    List<String> header = new ArrayList<>(List.of("", "distance"));
    records.columns().stream().limit(MAX_COLUMNS).forEach(column -> header.add(column.name()));
    List<List<String>> cells = new ArrayList<>();
    for (int row : order) {
      cells.add(cells("generated", Html.number(nearest[row].distance()), rows, row, schema));
      cells.add(cells("record", "", records, nearest[row].record(), schema));
    }
    return "<h3>Closest records</h3><div class=\"closest\">" + Html.table(header, cells) + "</div>";
  }

  private static List<String> cells(
      String kind, String distance, Table table, int row, TableSchema schema) {
    List<String> cells = new ArrayList<>(List.of(kind, distance));
    table.columns().stream()
        .limit(MAX_COLUMNS)
        .forEach(column -> cells.add(schema.text(column, column.values()[row])));
    return cells;
  }
}
