package org.tim4j.tribuo.encoding;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.tim4j.tribuo.protos.ColumnProto;
import org.tim4j.tribuo.protos.DerivedColumnProto;

/**
 * A column whose value follows from that of another in all training rows. It owns no part of the
 * code, so that the relation holds in every generated row.
 *
 * @param source features of the other column, decoded before this one
 * @param features features of this column
 * @param keys values of the other column, increasing, an absent one (NaN) last
 * @param values value of this column for each key
 */
record DerivedColumn(int[] source, int[] features, double[] keys, double[] values)
    implements Column {

  DerivedColumn {
    if (source.length == 0 || features.length == 0 || keys.length == 0) {
      throw new IllegalStateException("Invalid column, it follows from nothing");
    }
    if (keys.length != values.length) {
      throw new IllegalStateException(
          "Invalid column, found " + keys.length + " keys and " + values.length + " values");
    }
    for (int i = 1; i < keys.length; i++) {
      if (Double.compare(keys[i - 1], keys[i]) >= 0) {
        throw new IllegalStateException("Invalid column, its keys must increase, at " + keys[i]);
      }
    }
  }

  @Override
  public int width() {
    return 0;
  }

  @Override
  public void encode(double[] row, double[] code, int offset) {}

  @Override
  public void decode(double[] code, int offset, double[] row) {
    write(values[nearestKey(key(row, source))], features, row);
  }

  @Override
  public void findSource(double[] row) {
    boolean sourceAbsent = Arrays.stream(source).allMatch(feature -> Double.isNaN(row[feature]));
    boolean present = Arrays.stream(features).anyMatch(feature -> !Double.isNaN(row[feature]));
    if (sourceAbsent && present) {
      double value = key(row, features);
      int[] possible =
          IntStream.range(0, values.length)
              .filter(i -> Double.compare(values[i], value) == 0)
              .toArray();
      if (possible.length == 1) {
        write(keys[possible[0]], source, row);
      }
    }
  }

  private static void write(double value, int[] features, double[] row) {
    if (features.length == 1) {
      row[features[0]] = value;
      return;
    }
    for (int i = 0; i < features.length; i++) {
      row[features[i]] = i == value ? 1 : Double.NaN;
    }
  }

  /** The value of a feature, NaN if it is absent; of several features the active one's index. */
  static double key(double[] row, int[] features) {
    if (features.length == 1) {
      return row[features[0]];
    }
    for (int i = 0; i < features.length; i++) {
      if (row[features[i]] > 0) {
        return i;
      }
    }
    return -1;
  }

  /** Sources decode to training values, which all are keys, up to the last bit of a rounding. */
  private int nearestKey(double key) {
    int found = Arrays.binarySearch(keys, key);
    if (found >= 0) {
      return found;
    }
    int upper = Math.min(-found - 1, keys.length - 1);
    int lower = Math.max(upper - 1, 0);
    return Math.abs(key - keys[lower]) <= Math.abs(key - keys[upper]) || Double.isNaN(keys[upper])
        ? lower
        : upper;
  }

  @Override
  public ColumnProto serialize() {
    DerivedColumnProto.Builder column = DerivedColumnProto.newBuilder();
    Arrays.stream(source).forEach(column::addSource);
    Arrays.stream(features).forEach(column::addFeatures);
    Arrays.stream(keys).forEach(column::addKeys);
    Arrays.stream(values).forEach(column::addValues);
    return ColumnProto.newBuilder().setDerived(column).build();
  }

  static DerivedColumn read(DerivedColumnProto proto) {
    return new DerivedColumn(
        proto.getSourceList().stream().mapToInt(f -> f).toArray(),
        proto.getFeaturesList().stream().mapToInt(f -> f).toArray(),
        proto.getKeysList().stream().mapToDouble(v -> v).toArray(),
        proto.getValuesList().stream().mapToDouble(v -> v).toArray());
  }
}
