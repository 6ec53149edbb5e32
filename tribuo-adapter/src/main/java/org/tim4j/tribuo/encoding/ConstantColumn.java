package org.tim4j.tribuo.encoding;

import org.tim4j.tribuo.protos.ColumnProto;
import org.tim4j.tribuo.protos.ConstantColumnProto;

/** A feature that had one value in all training rows. */
record ConstantColumn(int feature, double value) implements Column {
  @Override
  public int width() {
    return 0;
  }

  @Override
  public int[] features() {
    return new int[] {feature};
  }

  @Override
  public void encode(double[] row, double[] code, int offset) {}

  @Override
  public void decode(double[] code, int offset, double[] row) {
    row[feature] = value;
  }

  @Override
  public ColumnProto serialize() {
    return ColumnProto.newBuilder()
        .setConstant(ConstantColumnProto.newBuilder().setFeature(feature).setValue(value))
        .build();
  }
}
