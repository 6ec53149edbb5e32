package org.tim4j.tribuo.encoding;

import java.util.Arrays;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.VariableIDInfo;

/** Examples as arrays by feature id. */
final class ExampleRows {
  private ExampleRows() {}

  /**
   * Returns the values of an example, NaN where it has no such feature.
   *
   * @throws IllegalArgumentException if no feature is in the domain, or one is not finite
   */
  static double[] row(Example<?> example, ImmutableFeatureMap featureMap) {
    double[] row = new double[featureMap.size()];
    Arrays.fill(row, Double.NaN);
    boolean empty = true;
    for (Feature feature : example) {
      VariableIDInfo info = featureMap.get(feature.getName());
      if (info != null) {
        requireFinite(feature);
        row[info.getID()] = feature.getValue();
        empty = false;
      }
    }
    if (empty) {
      throw new IllegalArgumentException(
          "No known features found in Example "
              + example
              + "; supply features of the training data.");
    }
    return row;
  }

  static void requireFinite(Feature feature) {
    if (!Double.isFinite(feature.getValue())) {
      throw new IllegalArgumentException(
          "Feature '"
              + feature.getName()
              + "' is "
              + feature.getValue()
              + "; features must be finite, leave out those that are missing.");
    }
  }
}
