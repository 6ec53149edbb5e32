package org.tim4j.tribuo.encoding;

import org.tim4j.tribuo.protos.ColumnProto;

/**
 * One feature, or one group of features, and the numbers that stand for it.
 *
 * <p>A row is indexed by feature id and holds NaN where the example has no such feature. A code is
 * the vector that a generator learns; each column owns {@link #width()} successive numbers of it.
 */
public sealed interface Column
    permits ConstantColumn,
        NumericColumn,
        AtomColumn,
        OneHotColumn,
        BinaryCodeColumn,
        DerivedColumn {

  /** How many numbers of the code this column owns; 0 if there is nothing to learn. */
  int width();

  /** The ids of the features that this column decodes. */
  int[] features();

  /** Writes the column's part of {@code row} to {@code code}, from {@code offset} on. */
  void encode(double[] row, double[] code, int offset);

  /** Writes to {@code row} what the column follows from, if that is absent and certain. */
  default void findSource(double[] row) {}

  /**
   * Writes the values of the column's features to {@code row}; reads {@code code} and what earlier
   * columns wrote to the row.
   */
  void decode(double[] code, int offset, double[] row);

  /** Returns the column as a message. */
  ColumnProto serialize();

  /**
   * Reads a column back.
   *
   * @throws IllegalStateException if the message describes no valid column
   */
  static Column deserialize(ColumnProto proto) {
    return switch (proto.getKindCase()) {
      case CONSTANT ->
          new ConstantColumn(proto.getConstant().getFeature(), proto.getConstant().getValue());
      case NUMERIC -> NumericColumn.read(proto.getNumeric());
      case ATOM -> AtomColumn.read(proto.getAtom());
      case ONE_HOT ->
          new OneHotColumn(
              proto.getOneHot().getFeaturesList().stream().mapToInt(f -> f).toArray(),
              proto.getOneHot().getEmptyAllowed());
      case BINARY_CODE -> BinaryCodeColumn.read(proto.getBinaryCode());
      case DERIVED -> DerivedColumn.read(proto.getDerived());
      case KIND_NOT_SET ->
          throw new IllegalStateException("Invalid protobuf, found a column of an unknown kind");
    };
  }
}
