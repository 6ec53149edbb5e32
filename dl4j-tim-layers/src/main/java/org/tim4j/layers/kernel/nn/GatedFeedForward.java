package org.tim4j.layers.kernel.nn;

import java.util.List;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.loops.GatedUnitLoops;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.Padding;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.thread.Worker;

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
  private record Part(LinearMap map, int column) {}

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

  private Rows activation(Worker worker, int rows) {
    return worker.scratchRows(rows, Padding.spread(hidden));
  }

  private GatedUnitLoops.Unit unit(Worker worker, FloatMemory weights, Rows kept, Rows activation) {
    return new GatedUnitLoops.Unit(
        padded,
        kept,
        gateBias.values(worker, weights),
        valueBias.values(worker, weights),
        activation);
  }

  /**
   * Fills {@code kept} and sets {@code y = (SiLU(x Wg + bg) ⊙ (x Wv + bv)) W2 + keep y}.
   *
   * @param kept memory of {@link #keptWidth} floats a row of {@code x}
   * @param keep 0 or 1
   */
  public void forward(Worker worker, FloatMemory weights, Rows x, Rows kept, Rows y, float keep) {
    int mark = worker.scratch().mark();
    int rowMark = worker.markRows();
    Rows activation = activation(worker, x.count());
    fillKept(worker, weights, x, kept);
    worker.loops().gatedUnit().forward(worker.rows(), unit(worker, weights, kept, activation));
    second.forward(worker, weights, activation, y, keep);
    worker.releaseRows(rowMark);
    worker.scratch().release(mark);
  }

  /** Fills {@code kept} alone: all that a backward needs of a forward. */
  public void fillKept(Worker worker, FloatMemory weights, Rows x, Rows kept) {
    for (Part part : parts) {
      part.map.forward(worker, weights, x, kept, part.column, 0f);
    }
  }

  /**
   * Adds to the gradients of the parameters and sets {@code dx = ∂/∂x + keep dx}.
   *
   * @param kept what the forward kept; overwritten by the errors at it, which lie there warm
   * @param dy error at {@code y}
   * @param keep 0 or 1
   */
  public void backward(
      Worker worker,
      FloatMemory weights,
      FloatMemory gradients,
      Rows x,
      Rows kept,
      Rows dy,
      Rows dx,
      float keep) {
    int mark = worker.scratch().mark();
    Rows activation = activation(worker, x.count());
    second.backwardInput(worker, weights, dy, activation, 0f);
    differentiate(worker, weights, gradients, kept, activation);
    second.backwardWeight(worker, gradients, activation, dy);
    for (Part part : parts) {
      part.map.backwardWeight(worker, gradients, x, kept, part.column);
      float sum = part.column == 0 ? keep : 1f;
      part.map.backwardInput(worker, weights, kept, part.column, dx, sum);
    }
    worker.scratch().release(mark);
  }

  private void differentiate(
      Worker worker, FloatMemory weights, FloatMemory gradients, Rows kept, Rows activation) {
    int mark = worker.markRows();
    float[] gateSum = worker.zeroRow(padded);
    float[] valueSum = worker.zeroRow(padded);
    GatedUnitLoops.Unit unit = unit(worker, weights, kept, activation);
    worker.loops().gatedUnit().backward(worker.rows(), unit, gateSum, valueSum);
    gateBias.accumulate(worker, gradients, gateSum);
    valueBias.accumulate(worker, gradients, valueSum);
    worker.releaseRows(mark);
  }
}
