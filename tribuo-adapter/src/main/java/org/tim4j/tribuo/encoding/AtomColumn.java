package org.tim4j.tribuo.encoding;

import java.util.Arrays;
import org.tim4j.tribuo.protos.AtomColumnProto;
import org.tim4j.tribuo.protos.ColumnProto;

/**
 * A column with a point mass: a share of the rows has exactly the value {@code atom}, the others
 * follow {@code inner}.
 *
 * <p>The first number of the code is -1 for the atom and 1 for the rest; anything above 0 decodes
 * to the rest. An atom of NaN is an absent feature: sparse data stay sparse, missing values stay
 * missing.
 */
record AtomColumn(Column inner, double atom) implements Column {

  AtomColumn {
    if (inner.features().length != 1) {
      throw new IllegalStateException(
          "Invalid column, a point mass belongs to one feature, found " + inner.features().length);
    }
  }

  private int feature() {
    return inner.features()[0];
  }

  @Override
  public int width() {
    return 1 + inner.width();
  }

  @Override
  public int[] features() {
    return inner.features();
  }

  @Override
  public void encode(double[] row, double[] code, int offset) {
    if (isAtom(row[feature()])) {
      code[offset] = -1;
      Arrays.fill(code, offset + 1, offset + width(), 0);
    } else {
      code[offset] = 1;
      inner.encode(row, code, offset + 1);
    }
  }

  private boolean isAtom(double value) {
    return Double.isNaN(atom) ? Double.isNaN(value) : value == atom;
  }

  @Override
  public void decode(double[] code, int offset, double[] row) {
    if (code[offset] > 0) {
      inner.decode(code, offset + 1, row);
    } else {
      row[feature()] = atom;
    }
  }

  @Override
  public ColumnProto serialize() {
    return ColumnProto.newBuilder()
        .setAtom(AtomColumnProto.newBuilder().setAtom(atom).setInner(inner.serialize()))
        .build();
  }
}
