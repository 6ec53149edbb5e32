package org.tim4j.tribuo.encoding;

import java.util.Arrays;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.ImmutableFeatureMap;

/** The features of a data set by column; what is absent takes no memory. */
final class FeatureColumns {
  private final int rowCount;
  private final int[][] rows;
  private final double[][] values;
  private final int[] counts;

  private FeatureColumns(int rowCount, int features) {
    this.rowCount = rowCount;
    this.rows = new int[features][0];
    this.values = new double[features][0];
    this.counts = new int[features];
  }

  /**
   * Reads a data set.
   *
   * @throws IllegalArgumentException if a value is not finite
   */
  static FeatureColumns of(Dataset<?> data, ImmutableFeatureMap featureMap) {
    FeatureColumns columns = new FeatureColumns(data.size(), featureMap.size());
    int row = 0;
    for (Example<?> example : data) {
      for (Feature feature : example) {
        ExampleRows.requireFinite(feature);
        columns.add(featureMap.getID(feature.getName()), row, feature.getValue());
      }
      row++;
    }
    return columns;
  }

  private void add(int feature, int row, double value) {
    int count = counts[feature];
    if (count > 0 && rows[feature][count - 1] == row) {
      values[feature][count - 1] = value;
      return;
    }
    if (count == rows[feature].length) {
      int capacity = Math.max(8, count + count / 2);
      rows[feature] = Arrays.copyOf(rows[feature], capacity);
      values[feature] = Arrays.copyOf(values[feature], capacity);
    }
    rows[feature][count] = row;
    values[feature][count] = value;
    counts[feature] = count + 1;
  }

  int rowCount() {
    return rowCount;
  }

  int size() {
    return counts.length;
  }

  /** The rows that have the feature, increasing. */
  int[] rows(int feature) {
    return Arrays.copyOf(rows[feature], counts[feature]);
  }

  /** The values in {@link #rows}. */
  double[] values(int feature) {
    return Arrays.copyOf(values[feature], counts[feature]);
  }
}
