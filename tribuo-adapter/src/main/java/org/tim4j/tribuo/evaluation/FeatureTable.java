package org.tim4j.tribuo.evaluation;

import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.VariableIDInfo;

/** A data set as a table of numbers; absent features are 0, as Tribuo's learners read them. */
final class FeatureTable {
  private FeatureTable() {}

  /** Returns {@code [row][feature id]}; features outside the map are left out. */
  static double[][] of(Dataset<?> data, ImmutableFeatureMap features) {
    double[][] rows = new double[data.size()][features.size()];
    int i = 0;
    for (Example<?> example : data) {
      for (Feature feature : example) {
        VariableIDInfo info = features.get(feature.getName());
        if (info != null) {
          rows[i][info.getID()] = feature.getValue();
        }
      }
      i++;
    }
    return rows;
  }

  static double[] column(double[][] rows, int column) {
    double[] values = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      values[i] = rows[i][column];
    }
    return values;
  }
}
