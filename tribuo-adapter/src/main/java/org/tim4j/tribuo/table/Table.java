package org.tim4j.tribuo.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tim4j.tribuo.encoding.Column;
import org.tim4j.tribuo.encoding.Scaling;
import org.tim4j.tribuo.encoding.TabularEncoding;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.VariableIDInfo;

/**
 * Rows of numbers and categories, held by column.
 *
 * @param columns at least one, all with as many values
 */
public record Table(List<TableColumn> columns) {
  /**
   * @throws IllegalArgumentException if there are no columns or they differ in length
   */
  public Table {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("A table needs a column.");
    }
    for (TableColumn column : columns) {
      if (column.values().length != columns.get(0).values().length) {
        throw new IllegalArgumentException(
            "Column '"
                + column.name()
                + "' has "
                + column.values().length
                + " values where the first has "
                + columns.get(0).values().length
                + ".");
      }
    }
  }

  /** The number of rows. */
  public int rows() {
    return columns.get(0).values().length;
  }

  /** These rows alone, in that order. */
  public Table select(int[] rows) {
    return new Table(columns.stream().map(column -> column.select(rows)).toList());
  }

  /** The position of a column, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The features of a data set: one-hot features are one column of categories, as {@link
   * TabularEncoding} finds them in {@code domain}; all others are numbers.
   *
   * @param domain the data set that says which features there are
   * @param oneHotSeparator what stands between field and category in the names of features
   * @throws IllegalArgumentException if {@code domain} is empty
   */
  public static Table of(Dataset<?> rows, Dataset<?> domain, String oneHotSeparator) {
    ImmutableFeatureMap features = domain.getFeatureIDMap();
    double[][] values = new double[features.size()][rows.size()];
    for (double[] column : values) {
      Arrays.fill(column, Double.NaN);
    }
    int row = 0;
    for (Example<?> example : rows) {
      for (Feature feature : example) {
        VariableIDInfo info = features.get(feature.getName());
        if (info != null) {
          values[info.getID()][row] = feature.getValue();
        }
      }
      row++;
    }
    List<TableColumn> columns = new ArrayList<>();
    for (Column column : TabularEncoding.fit(domain, Scaling.STANDARD, oneHotSeparator).columns()) {
      int[] ids = column.features();
      columns.add(
          ids.length == 1
              ? new TableColumn(features.get(ids[0]).getName(), null, values[ids[0]])
              : oneHot(features, ids, values, oneHotSeparator));
    }
    return new Table(columns);
  }

  private static TableColumn oneHot(
      ImmutableFeatureMap features, int[] ids, double[][] values, String separator) {
    double[] categories = new double[values[0].length];
    List<String> texts = new ArrayList<>();
    Arrays.fill(categories, Double.NaN);
    String field = "";
    for (int i = 0; i < ids.length; i++) {
      String name = features.get(ids[i]).getName();
      int joint = name.indexOf(separator);
      field = name.substring(0, joint);
      texts.add(name.substring(joint + separator.length()));
      for (int row = 0; row < categories.length; row++) {
        categories[row] = values[ids[i]][row] > 0 ? i : categories[row];
      }
    }
    return new TableColumn(field, texts, categories);
  }
}
