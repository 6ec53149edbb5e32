package org.tim4j.cli.report;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.tim4j.tribuo.table.Table;
import org.tim4j.tribuo.table.TableColumn;

/**
 * Whether generated values can occur at all: categories that real rows have, numbers within their
 * range, values missing only where real ones may be.
 *
 * @param cells share of the cells that are valid
 * @param rows share of the rows that are valid in every column
 */
record Validity(double cells, double rows) {
  static Validity of(Table real, Table synthetic) {
    boolean[] broken = new boolean[synthetic.rows()];
    long valid = 0;
    for (int i = 0; i < real.columns().size(); i++) {
      TableColumn column = real.columns().get(i);
      double[] present = column.present();
      double minimum = Arrays.stream(present).min().orElse(Double.NaN);
      double maximum = Arrays.stream(present).max().orElse(Double.NaN);
      boolean mayMiss = present.length < column.values().length;
      Set<Double> known = new HashSet<>();
      if (column.isCategorical()) {
        Arrays.stream(present).forEach(known::add);
      }
      for (int row = 0; row < broken.length; row++) {
        double value = synthetic.columns().get(i).values()[row];
        boolean allowed =
            Double.isNaN(value)
                ? mayMiss
                : column.isCategorical()
                    ? known.contains(value)
                    : value >= minimum && value <= maximum;
        broken[row] |= !allowed;
        valid += allowed ? 1 : 0;
      }
    }
    int bad = 0;
    for (boolean row : broken) {
      bad += row ? 1 : 0;
    }
    double count = broken.length;
    return new Validity(valid / (count * real.columns().size()), 1 - bad / count);
  }
}
