package org.tim4j.layers.kernel.nn;

import java.util.ArrayList;
import java.util.List;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.thread.Lane;

/**
 * Linear maps with SiLU between them, {@code W2 SiLU(W1 x + b1) + b2} and longer. Nothing is kept:
 * the backward makes the inner rows again.
 */
public final class SiluChain {
  private final List<LinearMap> maps = new ArrayList<>();
  private final List<Bias> biases = new ArrayList<>();

  /**
   * @param prefix what stands before {@code W1}, {@code b1}, {@code W2}, … in the parameter names
   * @param length number of maps
   */
  public SiluChain(ParameterLayout layout, String prefix, int length) {
    for (int i = 1; i <= length; i++) {
      maps.add(new LinearMap(layout, ParameterNames.weight(prefix, i)));
      biases.add(new Bias(layout, ParameterNames.bias(prefix, i)));
    }
  }

  public int in() {
    return maps.get(0).in();
  }

  public int out() {
    return maps.get(maps.size() - 1).out();
  }

  /** Fills {@code y}. */
  public void forward(Lane lane, Matrix x, Matrix y) {
    try (Scratch.Scope scope = lane.open()) {
      Matrix in = x;
      for (int i = 0; i < maps.size(); i++) {
        boolean last = i == maps.size() - 1;
        Matrix out = last ? y : scope.matrix(x.rows(), maps.get(i).out());
        maps.get(i).forward(lane, biases.get(i), in, out);
        if (!last) {
          SiluRows.forward(lane, out, out);
        }
        in = out;
      }
    }
  }

  /** Adds to the gradients and overwrites {@code dx}; null if it is not wanted. */
  public void backward(Lane lane, Matrix x, Matrix dy, Matrix dx) {
    try (Scratch.Scope scope = lane.open()) {
      Matrix[] linear = new Matrix[maps.size()];
      Matrix[] inputs = new Matrix[maps.size()];
      inputs[0] = x;
      for (int i = 0; i + 1 < maps.size(); i++) {
        linear[i] = scope.matrix(x.rows(), maps.get(i).out());
        inputs[i + 1] = scope.matrix(x.rows(), maps.get(i).out());
        maps.get(i).forward(lane, biases.get(i), inputs[i], linear[i]);
        SiluRows.forward(lane, linear[i], inputs[i + 1]);
      }
      Matrix error = dy;
      for (int i = maps.size() - 1; i >= 0; i--) {
        biases.get(i).backward(lane, error);
        maps.get(i).backwardWeight(lane, inputs[i], error);
        Matrix next = i == 0 ? dx : scope.matrix(x.rows(), maps.get(i).in());
        if (next != null) {
          maps.get(i).backwardInput(lane, error, next, 0f);
          if (i > 0) {
            SiluRows.backward(lane, linear[i - 1], next);
          }
        }
        error = next;
      }
    }
  }
}
