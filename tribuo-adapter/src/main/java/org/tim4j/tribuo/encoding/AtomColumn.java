package org.tim4j.tribuo.encoding;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.tim4j.tribuo.protos.AtomColumnProto;
import org.tim4j.tribuo.protos.ColumnProto;

/**
 * A column with a point mass: a share of the rows has exactly the value {@code atom}, the others
 * follow {@code inner}.
 *
 * <p>The first number of the code tells the two apart: each has the normal quantile of its
 * mid-rank, the atom being the smaller, and what is nearer is decoded. An atom of NaN is an absent
 * feature: sparse data stay sparse, missing values stay missing.
 *
 * @param atomCode first number of the code of the atom
 * @param restCode first number of the code of the rest, above {@code atomCode}
 */
record AtomColumn(Column inner, double atom, double atomCode, double restCode) implements Column {

  AtomColumn {
    if (inner.features().length != 1) {
      throw new IllegalStateException(
          "Invalid column, a point mass belongs to one feature, found " + inner.features().length);
    }
    if (!(atomCode < restCode) || !Double.isFinite(restCode - atomCode)) {
      throw new IllegalStateException(
          "Invalid column, the codes of a point mass must be finite and increase, found "
              + atomCode
              + " and "
              + restCode);
    }
  }

  /**
   * @param share part of the rows that has the atom, between 0 and 1, both excluded
   */
  static AtomColumn of(Column inner, double atom, double share) {
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    return new AtomColumn(
        inner,
        atom,
        normal.inverseCumulativeProbability(0.5 * share),
        normal.inverseCumulativeProbability(0.5 + 0.5 * share));
  }

  static AtomColumn read(AtomColumnProto proto) {
    boolean first = proto.getAtomCode() == 0 && proto.getRestCode() == 0;
    return new AtomColumn(
        Column.deserialize(proto.getInner()),
        proto.getAtom(),
        first ? -1 : proto.getAtomCode(),
        first ? 1 : proto.getRestCode());
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
      code[offset] = atomCode;
      Arrays.fill(code, offset + 1, offset + width(), 0);
    } else {
      code[offset] = restCode;
      inner.encode(row, code, offset + 1);
    }
  }

  private boolean isAtom(double value) {
    return Double.isNaN(atom) ? Double.isNaN(value) : value == atom;
  }

  @Override
  public void decode(double[] code, int offset, double[] row) {
    if (code[offset] > 0.5 * (atomCode + restCode)) {
      inner.decode(code, offset + 1, row);
    } else {
      row[feature()] = atom;
    }
  }

  @Override
  public ColumnProto serialize() {
    return ColumnProto.newBuilder()
        .setAtom(
            AtomColumnProto.newBuilder()
                .setAtom(atom)
                .setInner(inner.serialize())
                .setAtomCode(atomCode)
                .setRestCode(restCode))
        .build();
  }
}
