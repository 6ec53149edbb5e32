package org.tim4j.tribuo.encoding;

import org.tim4j.tribuo.protos.NumericColumnProto;

/** An increasing map from a column's values to numbers of about unit scale, and back. */
sealed interface Scale permits StandardScale, QuantileScale {
  double toUnit(double value);

  double fromUnit(double unit);

  void writeTo(NumericColumnProto.Builder column);

  static Scale read(NumericColumnProto column) {
    return switch (column.getScaleCase()) {
      case STANDARD ->
          new StandardScale(
              column.getStandard().getMean(), column.getStandard().getStandardDeviation());
      case QUANTILE -> QuantileScale.read(column.getQuantile());
      case SCALE_NOT_SET ->
          throw new IllegalStateException(
              "Invalid protobuf, the column of feature " + column.getFeature() + " has no scale");
    };
  }
}
