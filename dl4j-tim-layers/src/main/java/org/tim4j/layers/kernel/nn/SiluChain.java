package org.tim4j.layers.kernel.nn;

import java.util.ArrayList;
import java.util.List;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.thread.Worker;

/**
 * LinearMap maps with SiLU between them, {@code W2 SiLU(W1 x + b1) + b2} and longer. Nothing is
 * kept: the backward makes the inner rows again.
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
  public void forward(Worker worker, FloatMemory weights, Rows x, Rows y) {
    int mark = worker.scratch().mark();
    Rows in = x;
    for (int i = 0; i < maps.size(); i++) {
      boolean last = i == maps.size() - 1;
      Rows out = last ? y : worker.scratchRows(x.count(), maps.get(i).out());
      maps.get(i).forward(worker, weights, biases.get(i), in, out);
      if (!last) {
        SiluRows.forward(worker, out, out);
      }
      in = out;
    }
    worker.scratch().release(mark);
  }

  /** Adds to the gradients and overwrites {@code dx}; null if it is not wanted. */
  public void backward(
      Worker worker, FloatMemory weights, FloatMemory gradients, Rows x, Rows dy, Rows dx) {
    int mark = worker.scratch().mark();
    Rows[] linear = new Rows[maps.size()];
    Rows[] inputs = new Rows[maps.size()];
    inputs[0] = x;
    for (int i = 0; i + 1 < maps.size(); i++) {
      linear[i] = worker.scratchRows(x.count(), maps.get(i).out());
      inputs[i + 1] = worker.scratchRows(x.count(), maps.get(i).out());
      maps.get(i).forward(worker, weights, biases.get(i), inputs[i], linear[i]);
      SiluRows.forward(worker, linear[i], inputs[i + 1]);
    }
    Rows error = dy;
    for (int i = maps.size() - 1; i >= 0; i--) {
      biases.get(i).backward(worker, gradients, error);
      maps.get(i).backwardWeight(worker, gradients, inputs[i], error);
      Rows next = i == 0 ? dx : worker.scratchRows(x.count(), maps.get(i).in());
      if (next != null) {
        maps.get(i).backwardInput(worker, weights, error, next, 0f);
        if (i > 0) {
          SiluRows.backward(worker, linear[i - 1], next);
        }
      }
      error = next;
    }
    worker.scratch().release(mark);
  }
}
