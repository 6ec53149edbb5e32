package org.tim4j.tribuo.encoding;

import java.util.Arrays;
import org.tim4j.tribuo.protos.ColumnProto;
import org.tim4j.tribuo.protos.OneHotColumnProto;

/**
 * A category spread over features of which at most one is present, with the value 1.
 *
 * <p>The code has one number a category, 1 for the active one and -1 for the others; the largest
 * one is decoded. If rows without an active feature occur, that is a category of its own, the last.
 */
final class OneHotColumn implements Column {
  private final int[] features;
  private final boolean emptyAllowed;

  OneHotColumn(int[] features, boolean emptyAllowed) {
    if (features.length < 2) {
      throw new IllegalStateException(
          "Invalid one-hot group, expected two or more features, found " + features.length);
    }
    this.features = features;
    this.emptyAllowed = emptyAllowed;
  }

  @Override
  public int width() {
    return features.length + (emptyAllowed ? 1 : 0);
  }

  @Override
  public int[] features() {
    return features.clone();
  }

  /** A row that has several of the features, as no training row had, keeps them all. */
  @Override
  public void encode(double[] row, double[] code, int offset) {
    Arrays.fill(code, offset, offset + width(), -1);
    boolean empty = true;
    for (int i = 0; i < features.length; i++) {
      if (row[features[i]] > 0) {
        code[offset + i] = 1;
        empty = false;
      }
    }
    if (empty && emptyAllowed) {
      code[offset + features.length] = 1;
    }
  }

  @Override
  public void decode(double[] code, int offset, double[] row) {
    int active = 0;
    for (int i = 1; i < width(); i++) {
      if (code[offset + i] > code[offset + active]) {
        active = i;
      }
    }
    for (int i = 0; i < features.length; i++) {
      row[features[i]] = i == active ? 1 : Double.NaN;
    }
  }

  @Override
  public ColumnProto serialize() {
    OneHotColumnProto.Builder group = OneHotColumnProto.newBuilder().setEmptyAllowed(emptyAllowed);
    for (int feature : features) {
      group.addFeatures(feature);
    }
    return ColumnProto.newBuilder().setOneHot(group).build();
  }
}
