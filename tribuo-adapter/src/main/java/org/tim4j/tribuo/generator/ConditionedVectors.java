package org.tim4j.tribuo.generator;

import java.util.ArrayList;
import java.util.List;

/** Training vectors with their conditions and weights. */
public final class ConditionedVectors {
  private final List<Integer> columns;
  private final List<double[]> vectors = new ArrayList<>();
  private final List<double[]> conditions = new ArrayList<>();
  private final List<Double> weights = new ArrayList<>();

  /**
   * @param columns how many successive numbers of a vector belong together; empty if vectors are
   */
  public ConditionedVectors(List<Integer> columns) {
    this.columns = List.copyOf(columns);
  }

  List<Integer> columns() {
    return columns;
  }

  /**
   * Adds a row.
   *
   * @param vector what is generated; as long as those before
   * @param condition what is given; as long as those before
   * @param weight in proportion to how often the row is trained on, at least 0
   */
  public void add(double[] vector, double[] condition, double weight) {
    vectors.add(vector);
    conditions.add(condition);
    weights.add(weight);
  }

  int size() {
    return vectors.size();
  }

  double[] vector(int row) {
    return vectors.get(row);
  }

  double[] condition(int row) {
    return conditions.get(row);
  }

  /** Returns the sums of the weights up to and including each row, divided by the total. */
  double[] cumulativeWeights() {
    double[] cumulative = new double[size()];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      sum += weights.get(i);
      cumulative[i] = sum;
    }
    for (int i = 0; i < cumulative.length; i++) {
      cumulative[i] /= sum;
    }
    return cumulative;
  }
}
