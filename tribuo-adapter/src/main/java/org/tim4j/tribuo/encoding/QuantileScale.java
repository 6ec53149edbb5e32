package org.tim4j.tribuo.encoding;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.tim4j.tribuo.protos.NumericColumnProto;
import org.tim4j.tribuo.protos.QuantileScaleProto;

/**
 * The quantile transform to a standard normal distribution.
 *
 * <p>A knot is an observed value and the normal quantile of its mid-rank {@code (below + equal / 2)
 * / n}. Between knots the map is linear, outside it is constant: nothing beyond the observed range
 * is ever decoded. Beside a knot that is an atom of the distribution, what is decoded is the nearer
 * knot: between an atom and its neighbours there is nothing.
 */
final class QuantileScale implements Scale {
  private static final int MAX_KNOTS = 1000;

  private final double[] values;
  private final double[] normals;
  private final boolean[] atoms;

  QuantileScale(double[] values, double[] normals, boolean[] atoms) {
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
    this.atoms = atoms;
  }

  /** Keeps every atom, and of the other values at most {@value #MAX_KNOTS}. */
  static QuantileScale fit(Frequencies observed) {
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    boolean[] kept = new boolean[observed.size()];
    int knots = Math.min(kept.length, MAX_KNOTS);
    for (int i = 0; i < knots; i++) {
      kept[(int) ((long) i * (kept.length - 1) / (knots - 1))] = true;
    }
    int count = 0;
    for (int i = 0; i < kept.length; i++) {
      kept[i] |= observed.isAtom(i);
      count += kept[i] ? 1 : 0;
    }
    double[] values = new double[count];
    double[] normals = new double[count];
    boolean[] atoms = new boolean[count];
    int knot = 0;
    int below = 0;
    for (int i = 0; i < kept.length; i++) {
      if (kept[i]) {
        double rank = (below + 0.5 * observed.counts()[i]) / observed.total();
        values[knot] = observed.values()[i];
        normals[knot] = normal.inverseCumulativeProbability(rank);
        atoms[knot++] = observed.isAtom(i);
      }
      below += observed.counts()[i];
    }
    return new QuantileScale(values, normals, atoms);
  }

  @Override
  public double toUnit(double value) {
    return interpolate(value, values, normals);
  }

  @Override
  public double fromUnit(double unit) {
    int upper = -Arrays.binarySearch(normals, unit) - 1;
    if (upper > 0 && upper < normals.length && (atoms[upper - 1] || atoms[upper])) {
      return values[unit - normals[upper - 1] < normals[upper] - unit ? upper - 1 : upper];
    }
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

  static QuantileScale read(QuantileScaleProto proto) {
    boolean[] atoms = new boolean[proto.getValuesCount()];
    for (int atom : proto.getAtomsList()) {
      if (atom < 0 || atom >= atoms.length) {
        throw new IllegalStateException("Invalid quantile scale, found the atom " + atom);
      }
      atoms[atom] = true;
    }
    return new QuantileScale(
        proto.getValuesList().stream().mapToDouble(v -> v).toArray(),
        proto.getNormalsList().stream().mapToDouble(v -> v).toArray(),
        atoms);
  }

  @Override
  public void writeTo(NumericColumnProto.Builder column) {
    QuantileScaleProto.Builder scale = QuantileScaleProto.newBuilder();
    for (int i = 0; i < values.length; i++) {
      scale.addValues(values[i]).addNormals(normals[i]);
      if (atoms[i]) {
        scale.addAtoms(i);
      }
    }
    column.setQuantile(scale);
  }
}
