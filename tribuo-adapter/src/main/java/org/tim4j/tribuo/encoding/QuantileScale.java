package org.tim4j.tribuo.encoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.tim4j.tribuo.protos.NumericColumnProto;
import org.tim4j.tribuo.protos.QuantileScaleProto;

/**
 * The quantile transform to a standard normal distribution.
 *
 * <p>A knot is an observed value and the normal quantile of its mid-rank {@code (below + equal / 2)
 * / n}. Between knots the map is linear, outside it is constant: nothing beyond the observed range
 * is ever decoded.
 */
final class QuantileScale implements Scale {
  private static final int MAX_KNOTS = 1000;

  private final double[] values;
  private final double[] normals;

  QuantileScale(double[] values, double[] normals) {
    if (values.length < 2 || values.length != normals.length) {
      throw new IllegalStateException(
          "Invalid quantile scale, expected two or more values, each with its quantile, found "
              + values.length
              + " and "
              + normals.length);
    }
    for (int i = 0; i < values.length; i++) {
      boolean ordered = i == 0 || (values[i] > values[i - 1] && normals[i] > normals[i - 1]);
      if (!ordered || !Double.isFinite(values[i]) || !Double.isFinite(normals[i])) {
        throw new IllegalStateException(
            "Invalid quantile scale, values and quantiles must be finite and increase, at " + i);
      }
    }
    this.values = values;
    this.normals = normals;
  }

  static QuantileScale fit(double[] observed) {
    double[] sorted = observed.clone();
    Arrays.sort(sorted);
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    List<double[]> knots = new ArrayList<>();
    for (int first = 0; first < sorted.length; ) {
      int next = first + 1;
      while (next < sorted.length && sorted[next] == sorted[first]) {
        next++;
      }
      double rank = (first + 0.5 * (next - first)) / sorted.length;
      knots.add(new double[] {sorted[first], normal.inverseCumulativeProbability(rank)});
      first = next;
    }
    int count = Math.min(knots.size(), MAX_KNOTS);
    double[] values = new double[count];
    double[] normals = new double[count];
    for (int i = 0; i < count; i++) {
      double[] knot = knots.get((int) ((long) i * (knots.size() - 1) / (count - 1)));
      values[i] = knot[0];
      normals[i] = knot[1];
    }
    return new QuantileScale(values, normals);
  }

  @Override
  public double toUnit(double value) {
    return interpolate(value, values, normals);
  }

  @Override
  public double fromUnit(double unit) {
    return interpolate(unit, normals, values);
  }

  private static double interpolate(double at, double[] from, double[] to) {
    int found = Arrays.binarySearch(from, at);
    if (found >= 0) {
      return to[found];
    }
    int upper = -found - 1;
    if (upper == 0) {
      return to[0];
    }
    if (upper == from.length) {
      return to[to.length - 1];
    }
    double share = (0.5 * at - 0.5 * from[upper - 1]) / (0.5 * from[upper] - 0.5 * from[upper - 1]);
    return (1 - share) * to[upper - 1] + share * to[upper];
  }

  @Override
  public void writeTo(NumericColumnProto.Builder column) {
    QuantileScaleProto.Builder scale = QuantileScaleProto.newBuilder();
    for (int i = 0; i < values.length; i++) {
      scale.addValues(values[i]).addNormals(normals[i]);
    }
    column.setQuantile(scale);
  }
}
