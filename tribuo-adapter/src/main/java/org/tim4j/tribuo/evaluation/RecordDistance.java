package org.tim4j.tribuo.evaluation;

import org.tim4j.tribuo.table.Table;

/**
 * The record that a row is nearest to.
 *
 * @param record index of the record
 * @param distance Euclidean, of numbers divided by their range and one-hot categories
 */
public record RecordDistance(int record, double distance) {
  /** Returns the nearest record of every row. */
  public static RecordDistance[] of(Table records, Table rows) {
    RowSpace space = new RowSpace(records);
    RowSpace.Points known = space.points(records);
    RowSpace.Points points = space.points(rows);
    RecordDistance[] nearest = new RecordDistance[rows.rows()];
    for (int row = 0; row < nearest.length; row++) {
      RowSpace.Nearest found = points.nearest(row, known, false);
      nearest[row] = new RecordDistance(found.row(), found.distance());
    }
    return nearest;
  }
}
