package org.tim4j.layers.kernel.attention;

import java.util.Arrays;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.loops.VectorMath;
import org.tim4j.layers.kernel.memory.Columns;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.nn.LinearMap;
import org.tim4j.layers.kernel.thread.Worker;

/**
 * Queries, keys and values of tokens, {@code h W} plus what depends on the sample. Queries and keys
 * are made as columns, because their heads are normalised and rotated next, where they get what
 * depends on the sample too; values as rows.
 */
public final class QueryKeyValue {
  private final LinearMap queryKey;
  private final LinearMap value;
  private final int width;

  public QueryKeyValue(ParameterLayout layout) {
    String name = ParameterNames.weight(ParameterNames.QUERY_KEY_VALUE);
    width = Math.toIntExact(layout.shape(name)[0]);
    queryKey = new LinearMap(layout, name, 0, 2 * width);
    value = new LinearMap(layout, name, 2 * width, width);
  }

  /** Values of a token. */
  public int width() {
    return width;
  }

  /**
   * Fills {@code qk} and {@code v}.
   *
   * @param qk queries and keys without what depends on the sample
   * @param from place of the first row in the group
   */
  public void forward(
      Worker worker, FloatMemory weights, Group group, int from, Rows h, Columns qk, Rows v) {
    fill(worker, group, from, v);
    queryKey.forward(worker, weights, h, qk);
    value.forward(worker, weights, h, v, 1f);
  }

  private void fill(Worker worker, Group group, int from, Rows v) {
    int mark = worker.markRows();
    float[] addition = worker.row(width);
    int tokens = group.tokens();
    int end = from + v.count();
    int next;
    for (int at = from; at < end; at = next) {
      int sample = at / tokens;
      next = Math.min(end, (sample + 1) * tokens);
      group.interval().read(sample, 2 * width, addition, width);
      v.fill(at - from, next - at, addition);
    }
    worker.releaseRows(mark);
  }

  /** Adds to the gradient of the weight. */
  public void backwardWeight(Worker worker, FloatMemory gradients, Rows h, Columns dQk, Rows dV) {
    queryKey.backwardWeight(worker, gradients, h, dQk);
    value.backwardWeight(worker, gradients, h, dV);
  }

  /** Fills {@code dh}. */
  public void backwardInput(Worker worker, FloatMemory weights, Columns dQk, Rows dV, Rows dh) {
    queryKey.backwardInput(worker, weights, dQk, dh, 0f);
    value.backwardInput(worker, weights, dV, dh, 1f);
  }

  /** Fills the errors of what depends on the sample from those of all tokens of the group. */
  public void backwardAdditions(Worker worker, Group group, Columns dQk, Rows dV) {
    int mark = worker.markRows();
    Rows errors = group.intervalErrors();
    int tokens = group.tokens();
    float[] sums = worker.zeroRow(errors.count() * errors.width());
    float[] row = worker.row(dQk.count());
    for (int d = 0; d < 2 * width; d++) {
      dQk.read(d, 0, row, dQk.count());
      for (int s = 0; s < group.samples(); s++) {
        sums[s * errors.width() + d] = VectorMath.sum(row, s * tokens, tokens);
      }
    }
    errors.memory().write(errors.offset(), sums, errors.count() * errors.width());
    float[] sum = worker.row(width);
    float[] error = worker.row(width);
    for (int s = 0; s < group.samples(); s++) {
      Arrays.fill(sum, 0, width, 0f);
      for (int i = 0; i < tokens; i++) {
        dV.read(s * tokens + i, error);
        VectorMath.add(sum, error, width);
      }
      errors.write(s, 2 * width, sum, width);
    }
    worker.releaseRows(mark);
  }
}
