package org.tim4j.tribuo.encoding;

import java.util.Arrays;
import org.tim4j.tribuo.protos.ColumnProto;
import org.tim4j.tribuo.protos.NumericColumnProto;

/**
 * A number, scaled.
 *
 * <p>Decoded values stay within the observed range and have no more decimals than the training
 * values had, so that integers stay integers.
 *
 * @param decimals decimals that all training values had, or {@link #CONTINUOUS}
 * @param onlyValues the values there are, increasing, of which the nearest is decoded; empty for
 *     every number in the range, and where the scale knows them
 */
record NumericColumn(
    int feature, Scale scale, double minimum, double maximum, int decimals, double[] onlyValues)
    implements Column {
  static final int CONTINUOUS = -1;
  private static final int MAX_DECIMALS = 6;
  private static final double LARGEST_EXACT_INTEGER = 0x1p53;

  static NumericColumn fit(int feature, double[] values, Scaling scaling) {
    Frequencies frequencies = Frequencies.of(values);
    double[] distinct = frequencies.values();
    boolean snapped = frequencies.isDiscrete() && scaling == Scaling.STANDARD;
    return new NumericColumn(
        feature,
        scaling.fit(values, frequencies),
        distinct[0],
        distinct[distinct.length - 1],
        decimals(distinct),
        snapped ? distinct : new double[0]);
  }

  private static int decimals(double[] values) {
    for (int decimals = 0; decimals <= MAX_DECIMALS; decimals++) {
      if (allHave(values, decimals)) {
        return decimals;
      }
    }
    return CONTINUOUS;
  }

  private static boolean allHave(double[] values, int decimals) {
    for (double value : values) {
      boolean exact = Math.abs(value) * Math.pow(10, decimals) < LARGEST_EXACT_INTEGER;
      if (!exact || round(value, decimals) != value) {
        return false;
      }
    }
    return true;
  }

  /** A quotient of two exact integers is the double nearest to the decimal number. */
  private static double round(double value, int decimals) {
    double unit = Math.pow(10, decimals);
    return Math.rint(value * unit) / unit + 0.0;
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public int[] features() {
    return new int[] {feature};
  }

  @Override
  public void encode(double[] row, double[] code, int offset) {
    // An absent feature of a column that never missed one is 0, as everywhere in Tribuo.
    double value = Double.isNaN(row[feature]) ? 0 : row[feature];
    code[offset] = scale.toUnit(value);
  }

  @Override
  public void decode(double[] code, int offset, double[] row) {
    double value = Math.min(Math.max(scale.fromUnit(code[offset]), minimum), maximum);
    if (onlyValues.length > 0) {
      row[feature] = nearest(value);
    } else {
      row[feature] = decimals == CONTINUOUS ? value : round(value, decimals);
    }
  }

  private double nearest(double value) {
    int found = Arrays.binarySearch(onlyValues, value);
    int upper = found >= 0 ? found : Math.min(-found - 1, onlyValues.length - 1);
    int lower = Math.max(upper - 1, 0);
    boolean below = 0.5 * value - 0.5 * onlyValues[lower] < 0.5 * onlyValues[upper] - 0.5 * value;
    return onlyValues[below ? lower : upper];
  }

  @Override
  public ColumnProto serialize() {
    NumericColumnProto.Builder column =
        NumericColumnProto.newBuilder()
            .setFeature(feature)
            .setMinimum(minimum)
            .setMaximum(maximum)
            .setDecimals(decimals);
    Arrays.stream(onlyValues).forEach(column::addOnlyValues);
    scale.writeTo(column);
    return ColumnProto.newBuilder().setNumeric(column).build();
  }

  static NumericColumn read(NumericColumnProto proto) {
    boolean range = Double.isFinite(proto.getMinimum()) && Double.isFinite(proto.getMaximum());
    if (!range || proto.getMinimum() > proto.getMaximum()) {
      throw new IllegalStateException(
          "Invalid protobuf, feature "
              + proto.getFeature()
              + " ranges from "
              + proto.getMinimum()
              + " to "
              + proto.getMaximum());
    }
    if (proto.getDecimals() < CONTINUOUS || proto.getDecimals() > MAX_DECIMALS) {
      throw new IllegalStateException(
          "Invalid protobuf, feature "
              + proto.getFeature()
              + " has "
              + proto.getDecimals()
              + " decimals");
    }
    return new NumericColumn(
        proto.getFeature(),
        Scale.read(proto),
        proto.getMinimum(),
        proto.getMaximum(),
        proto.getDecimals(),
        onlyValues(proto));
  }

  private static double[] onlyValues(NumericColumnProto proto) {
    double[] values = proto.getOnlyValuesList().stream().mapToDouble(v -> v).toArray();
    for (int i = 0; i < values.length; i++) {
      boolean ordered = i == 0 || values[i] > values[i - 1];
      if (!ordered || values[i] < proto.getMinimum() || values[i] > proto.getMaximum()) {
        throw new IllegalStateException(
            "Invalid protobuf, the values of feature "
                + proto.getFeature()
                + " must increase within its range, at "
                + values[i]);
      }
    }
    return values;
  }
}
