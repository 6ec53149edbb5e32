package org.tim4j.tribuo.evaluation;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.tim4j.tribuo.table.Table;
import org.tim4j.tribuo.table.TableColumn;
import org.tribuo.Output;
import org.tribuo.impl.ArrayExample;

/**
 * The rows of a table as features of a judge: numbers standardised, categories one-hot. A missing
 * number is the mean, and marked by a feature of its own.
 */
public final class TableFeatures {
  private final Table like;
  private final Set<Integer> without;
  private final double[] means;
  private final double[] deviations;

  /**
   * @param like rows that say mean and standard deviation of each column
   * @param without columns that are no features
   */
  public TableFeatures(Table like, Set<Integer> without) {
    this.like = like;
    this.without = new HashSet<>(without);
    this.means = new double[like.columns().size()];
    this.deviations = new double[means.length];
    for (int i = 0; i < means.length; i++) {
      double[] values = like.columns().get(i).present();
      double mean = Arrays.stream(values).average().orElse(0);
      double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
      means[i] = mean;
      deviations[i] = variance > 0 ? Math.sqrt(variance) : 1;
    }
  }

  /** A row with an output; features that are 0 are left out unless they are numbers. */
  public <T extends Output<T>> ArrayExample<T> example(Table table, int row, T output) {
    ArrayExample<T> example = new ArrayExample<>(output);
    for (int i = 0; i < means.length; i++) {
      if (without.contains(i)) {
        continue;
      }
      TableColumn column = table.columns().get(i);
      double value = column.values()[row];
      String name = like.columns().get(i).name();
      if (column.isCategorical() || Double.isNaN(value)) {
        example.add(
            name + "@" + (Double.isNaN(value) ? "" : column.categories().get((int) value)), 1);
      }
      if (!column.isCategorical()) {
        example.add(name, Double.isNaN(value) ? 0 : (value - means[i]) / deviations[i]);
      }
    }
    return example;
  }
}
