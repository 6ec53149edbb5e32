package org.tim4j.tribuo.encoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tim4j.tribuo.protos.ColumnProto;
import org.tim4j.tribuo.protos.TabularEncodingProto;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.Output;
import org.tribuo.hash.HashedFeatureMap;
import org.tribuo.impl.ArrayExample;

/**
 * Turns the features of an example into a vector of about unit scale, and back.
 *
 * <p>Everything is learnt from the training rows: which features are one category (generated as
 * one), which are constant or follow from others, how many decimals a number has, its range, its
 * scale, which values many rows share, and how often it is absent. Encoding and decoding a training
 * row gives the row back, up to rounding of numbers without a common number of decimals.
 *
 * <p>Immutable.
 */
public final class TabularEncoding {
  private final ImmutableFeatureMap featureMap;
  private final List<Column> columns;
  private final int[] offsets;

  private TabularEncoding(ImmutableFeatureMap featureMap, List<Column> columns) {
    this.featureMap = featureMap;
    this.columns = List.copyOf(columns);
    this.offsets = new int[columns.size() + 1];
    for (int i = 0; i < columns.size(); i++) {
      offsets[i + 1] = offsets[i] + columns.get(i).width();
    }
  }

  /**
   * Learns the encoding of a data set.
   *
   * @param scaling how numbers are brought to unit scale
   * @param oneHotSeparator what stands between field and category in the names of one-hot features;
   *     empty if there are none
   * @throws IllegalArgumentException if the data set is empty or its feature names are hashed, or
   *     if a value is not finite
   */
  public static TabularEncoding fit(Dataset<?> data, Scaling scaling, String oneHotSeparator) {
    ImmutableFeatureMap featureMap = data.getFeatureIDMap();
    if (featureMap instanceof HashedFeatureMap) {
      throw new IllegalArgumentException(
          "The supplied Dataset hashes its feature names, so examples with those features cannot be"
              + " generated; train on a Dataset that keeps its names.");
    }
    if (data.size() == 0) {
      throw new IllegalArgumentException("The supplied Dataset is empty; supply examples.");
    }
    FeatureColumns columns = FeatureColumns.of(data, featureMap);
    return new TabularEncoding(
        featureMap, ColumnFitter.fit(columns, featureMap, scaling, oneHotSeparator));
  }

  /** The length of a code; 0 if no feature varies. */
  public int width() {
    return offsets[columns.size()];
  }

  /** The columns, in the order of the code. */
  public List<Column> columns() {
    return columns;
  }

  /** How many numbers of the code each column owns, without those that own none; in order. */
  public List<Integer> widths() {
    return columns.stream().map(Column::width).filter(width -> width > 0).toList();
  }

  /** Where in a code the column of that index begins. */
  public int offset(int column) {
    return offsets[column];
  }

  /**
   * Encodes an example. Features that were not in the training data are left out.
   *
   * @return a new array of {@link #width()} numbers
   * @throws IllegalArgumentException if the example has none of the training features, or a value
   *     that is not finite
   */
  public double[] encode(Example<?> example) {
    double[] row = rowOf(example);
    double[] code = new double[width()];
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).encode(row, code, offsets[i]);
    }
    return code;
  }

  /**
   * Returns which numbers of {@link #encode(Example)} the example's features decide: those of
   * columns of which it has a feature. What it lacks may be missing or not known.
   *
   * @return a new array of {@link #width()} values
   * @throws IllegalArgumentException as {@link #encode(Example)} does
   */
  public boolean[] known(Example<?> example) {
    double[] row = rowOf(example);
    boolean[] known = new boolean[width()];
    for (int i = 0; i < columns.size(); i++) {
      boolean given =
          Arrays.stream(columns.get(i).features()).anyMatch(feature -> !Double.isNaN(row[feature]));
      Arrays.fill(known, offsets[i], offsets[i + 1], given);
    }
    return known;
  }

  /** Features from which others follow are found back where those others leave no choice. */
  private double[] rowOf(Example<?> example) {
    double[] row = ExampleRows.row(example, featureMap);
    columns.forEach(column -> column.findSource(row));
    return row;
  }

  /** How many features of the example are in the training domain. */
  public int knownFeatures(Example<?> example) {
    int known = 0;
    for (Feature feature : example) {
      known += featureMap.get(feature.getName()) == null ? 0 : 1;
    }
    return known;
  }

  /**
   * Decodes a vector into an example. A row without a single feature gets its first one with the
   * value 0, which means the same, because Tribuo refuses examples without features.
   *
   * @param code {@link #width()} finite numbers
   * @throws IllegalArgumentException if the length is wrong
   * @throws IllegalStateException if a number is not finite
   */
  public <T extends Output<T>> Example<T> decode(double[] code, T output) {
    if (code.length != width()) {
      throw new IllegalArgumentException(
          "A code has " + width() + " numbers, found " + code.length + ".");
    }
    for (int i = 0; i < code.length; i++) {
      if (!Double.isFinite(code[i])) {
        throw new IllegalStateException(
            "The generator returned "
                + code[i]
                + " at "
                + i
                + "; train with a lower learning rate.");
      }
    }
    double[] row = new double[featureMap.size()];
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).decode(code, offsets[i], row);
    }
    return example(row, output);
  }

  private <T extends Output<T>> Example<T> example(double[] row, T output) {
    ArrayExample<T> example = new ArrayExample<>(output);
    for (int feature = 0; feature < row.length; feature++) {
      if (!Double.isNaN(row[feature])) {
        example.add(new Feature(featureMap.get(feature).getName(), row[feature]));
      }
    }
    if (example.size() == 0) {
      example.add(new Feature(featureMap.get(0).getName(), 0));
    }
    return example;
  }

  /**
   * Returns a generated example with the features of a given one in their place: a column that the
   * given example has a feature of is the given one's, to the last digit.
   */
  public <T extends Output<T>> Example<T> withGiven(Example<T> generated, Example<T> given) {
    double[] row = rowOf(given);
    double[] other = rowOf(generated);
    for (Column column : columns) {
      boolean has =
          Arrays.stream(column.features()).anyMatch(feature -> !Double.isNaN(row[feature]));
      for (int feature : column.features()) {
        row[feature] = has ? row[feature] : other[feature];
      }
    }
    return example(row, generated.getOutput());
  }

  /** Returns the columns as a message; the feature domain is stored with the model. */
  public TabularEncodingProto serialize() {
    TabularEncodingProto.Builder proto = TabularEncodingProto.newBuilder();
    columns.forEach(column -> proto.addColumns(column.serialize()));
    return proto.build();
  }

  /**
   * Reads an encoding back.
   *
   * @throws IllegalStateException if the columns are not a partition of the feature domain
   */
  public static TabularEncoding deserialize(
      TabularEncodingProto proto, ImmutableFeatureMap featureMap) {
    List<Column> columns = new ArrayList<>();
    int[] uses = new int[featureMap.size()];
    for (ColumnProto columnProto : proto.getColumnsList()) {
      Column column = Column.deserialize(columnProto);
      for (int feature : column.features()) {
        if (feature < 0 || feature >= uses.length) {
          throw new IllegalStateException(
              "Invalid protobuf, feature " + feature + " is not one of " + uses.length);
        }
        uses[feature]++;
      }
      columns.add(column);
    }
    for (int feature = 0; feature < uses.length; feature++) {
      if (uses[feature] != 1) {
        throw new IllegalStateException(
            "Invalid protobuf, feature " + feature + " is encoded " + uses[feature] + " times");
      }
    }
    return new TabularEncoding(featureMap, columns);
  }
}
