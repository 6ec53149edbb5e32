package org.tim4j.tribuo.encoding;

import java.util.Arrays;
import org.tim4j.tribuo.protos.BinaryCodeColumnProto;
import org.tim4j.tribuo.protos.ColumnProto;

/**
 * A category of many values, spread over features of which at most one is present, with the value
 * 1.
 *
 * <p>Values are numbered by falling frequency; the code holds the binary digits of the number, 1 or
 * -1 each ("analog bits": Chen et al., ICLR 2023). What is decoded is the value whose digits are
 * nearest to the code, so that no number without a value is ever met.
 *
 * @param byRank the features by falling frequency; {@value #NONE} stands for rows without any of
 *     them
 */
record BinaryCodeColumn(int[] byRank) implements Column {
  /** In the place of a feature: none is active. */
  static final int NONE = -1;

  BinaryCodeColumn {
    if (byRank.length < 2) {
      throw new IllegalStateException(
          "Invalid category, expected two or more values, found " + byRank.length);
    }
  }

  @Override
  public int width() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(byRank.length - 1);
  }

  @Override
  public int[] features() {
    return Arrays.stream(byRank).filter(feature -> feature != NONE).toArray();
  }

  /** A row that has several of the features, as no training row had, is of the first by rank. */
  @Override
  public void encode(double[] row, double[] code, int offset) {
    int rank = -1;
    int empty = 0;
    for (int i = 0; i < byRank.length && rank < 0; i++) {
      if (byRank[i] == NONE) {
        empty = i;
      } else if (row[byRank[i]] > 0) {
        rank = i;
      }
    }
    for (int digit = 0; digit < width(); digit++) {
      code[offset + digit] = digit(rank < 0 ? empty : rank, digit);
    }
  }

  private static int digit(int rank, int digit) {
    return (rank >> digit & 1) == 1 ? 1 : -1;
  }

  @Override
  public void decode(double[] code, int offset, double[] row) {
    int nearest = 0;
    double largest = Double.NEGATIVE_INFINITY;
    for (int rank = 0; rank < byRank.length; rank++) {
      double product = 0;
      for (int digit = 0; digit < width(); digit++) {
        product += digit(rank, digit) * code[offset + digit];
      }
      if (product > largest) {
        largest = product;
        nearest = rank;
      }
      if (byRank[rank] != NONE) {
        row[byRank[rank]] = Double.NaN;
      }
    }
    if (byRank[nearest] != NONE) {
      row[byRank[nearest]] = 1;
    }
  }

  @Override
  public ColumnProto serialize() {
    BinaryCodeColumnProto.Builder column = BinaryCodeColumnProto.newBuilder();
    for (int feature : byRank) {
      column.addFeatures(feature);
    }
    return ColumnProto.newBuilder().setBinaryCode(column).build();
  }

  static BinaryCodeColumn read(BinaryCodeColumnProto proto) {
    return new BinaryCodeColumn(proto.getFeaturesList().stream().mapToInt(f -> f).toArray());
  }
}
