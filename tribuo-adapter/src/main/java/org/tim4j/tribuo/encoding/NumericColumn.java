package org.tim4j.tribuo.encoding;

import org.tim4j.tribuo.protos.ColumnProto;
import org.tim4j.tribuo.protos.NumericColumnProto;

/**
 * A number, scaled.
 *
 * <p>Decoded values stay within the observed range and have no more decimals than the training
 * values had, so that integers stay integers.
 *
 * @param decimals decimals that all training values had, or {@link #CONTINUOUS}
 */
record NumericColumn(int feature, Scale scale, double minimum, double maximum, int decimals)
    implements Column {
  static final int CONTINUOUS = -1;
  private static final int MAX_DECIMALS = 6;
  private static final double LARGEST_EXACT_INTEGER = 0x1p53;

  static NumericColumn fit(int feature, double[] values, Scaling scaling) {
    double minimum = Double.POSITIVE_INFINITY;
    double maximum = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      minimum = Math.min(minimum, value);
      maximum = Math.max(maximum, value);
    }
    return new NumericColumn(feature, scaling.fit(values), minimum, maximum, decimals(values));
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
    row[feature] = decimals == CONTINUOUS ? value : round(value, decimals);
  }

  @Override
  public ColumnProto serialize() {
    NumericColumnProto.Builder column =
        NumericColumnProto.newBuilder()
            .setFeature(feature)
            .setMinimum(minimum)
            .setMaximum(maximum)
            .setDecimals(decimals);
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
        proto.getDecimals());
  }
}
