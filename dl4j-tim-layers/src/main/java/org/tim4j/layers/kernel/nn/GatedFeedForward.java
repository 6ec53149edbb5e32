package org.tim4j.layers.kernel.nn;

import java.util.List;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.loops.GatedUnitLoops;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.Padding;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.thread.Lane;

/**
 * {@code y = (SiLU(x Wg + bg) ⊙ (x Wv + bv)) W2 + b2}: the gated unit of the modulation and of the
 * MLP. The last bias and its gradient are left to whoever goes over {@code y} anyway.
 *
 * <p>{@code W1 [in, 2 hidden]} holds gate and value side by side. The forward keeps both, without
 * their biases; the activation is made again in the backward. Kept rows have the value from a
 * padded column on, so that loops may go beyond the end of the gate: one product makes both where
 * nothing lies between them, or else two.
 */
public final class GatedFeedForward {
  /** A product with a part of {@code W1}, and the column of kept rows where its result begins. */
  private record Part(LinearMap map, int column) {
    Matrix of(Matrix kept) {
      return kept.columns(column, map.out());
    }
  }

  private final List<Part> parts;
  private final Bias gateBias;
  private final Bias valueBias;
  private final LinearMap second;
  private final int hidden;
  private final int padded;

  /**
   * @param prefix what stands before {@code W1}, {@code b1}, {@code W2}, {@code b2} in the
   *     parameter names
   */
  public GatedFeedForward(ParameterLayout layout, String prefix) {
    second = new LinearMap(layout, ParameterNames.weight(prefix, 2));
    hidden = second.in();
    padded = Padding.padded(hidden);
    String name = ParameterNames.weight(prefix, 1);
    parts =
        hidden == padded
            ? List.of(new Part(new LinearMap(layout, name), 0))
            : List.of(
                new Part(new LinearMap(layout, name, 0, hidden), 0),
                new Part(new LinearMap(layout, name, hidden, hidden), padded));
    gateBias = new Bias(layout, ParameterNames.bias(prefix, 1), 0, hidden);
    valueBias = new Bias(layout, ParameterNames.bias(prefix, 1), hidden, hidden);
  }

  public int in() {
    return parts.get(0).map.in();
  }

  public int out() {
    return second.out();
  }

  /** Floats that the forward keeps for each row. */
  public int keptWidth() {
    return 2 * padded;
  }

  /** Rows of {@link #padded} columns or more for the activation. */
  private Matrix activation(Scratch.Scope scope, int rows) {
    return scope.matrix(rows, Padding.spread(hidden));
  }

  private GatedUnitLoops.Unit unit(Lane lane, Scratch.Scope scope, Matrix kept, Matrix activation) {
    return new GatedUnitLoops.Unit(
        padded, kept, gateBias.values(lane, scope), valueBias.values(lane, scope), activation);
  }

  /**
   * Fills {@code kept} and sets {@code y = (SiLU(x Wg + bg) ⊙ (x Wv + bv)) W2 + keep y}.
   *
   * @param kept memory of {@link #keptWidth} floats a row of {@code x}
   * @param keep 0 or 1
   */
  public void forward(Lane lane, Matrix x, Matrix kept, Matrix y, float keep) {
    try (Scratch.Scope scope = lane.open()) {
      Matrix activation = activation(scope, x.rows());
      fillKept(lane, x, kept);
      lane.loops().gatedUnit().forward(lane.scratch(), unit(lane, scope, kept, activation));
      second.forward(lane, activation.columns(0, hidden), y, keep);
    }
  }

  /** Fills {@code kept} alone: all that a backward needs of a forward. */
  public void fillKept(Lane lane, Matrix x, Matrix kept) {
    for (Part part : parts) {
      part.map.forward(lane, x, part.of(kept), 0f);
    }
  }

  /**
   * Adds to the gradients of the parameters and sets {@code dx = ∂/∂x + keep dx}.
   *
   * @param kept what the forward kept; overwritten by the errors at it, which lie there warm
   * @param dy error at {@code y}
   * @param keep 0 or 1
   */
  public void backward(Lane lane, Matrix x, Matrix kept, Matrix dy, Matrix dx, float keep) {
    try (Scratch.Scope scope = lane.open()) {
      Matrix activation = activation(scope, x.rows());
      Matrix hiddenColumns = activation.columns(0, hidden);
      second.backwardInput(lane, dy, hiddenColumns, 0f);
      differentiate(lane, kept, activation);
      second.backwardWeight(lane, hiddenColumns, dy);
      for (Part part : parts) {
        Matrix error = part.of(kept);
        part.map.backwardWeight(lane, x, error);
        part.map.backwardInput(lane, error, dx, part.column == 0 ? keep : 1f);
      }
    }
  }

  private void differentiate(Lane lane, Matrix kept, Matrix activation) {
    try (Scratch.Scope scope = lane.open()) {
      float[] gateSum = scope.zeroRow(padded);
      float[] valueSum = scope.zeroRow(padded);
      GatedUnitLoops.Unit unit = unit(lane, scope, kept, activation);
      lane.loops().gatedUnit().backward(lane.scratch(), unit, gateSum, valueSum);
      gateBias.accumulate(lane, gateSum);
      valueBias.accumulate(lane, valueSum);
    }
  }
}
