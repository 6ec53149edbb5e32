package org.tim4j.layers.kernel.attention;

import java.util.Arrays;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.loops.VectorMath;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.nn.LinearMap;
import org.tim4j.layers.kernel.thread.Lane;

/**
 * Queries, keys and values of tokens, {@code h W} plus what depends on the sample. Queries and keys
 * are made with a token in each column, because their heads are normalised and rotated next, where
 * they get what depends on the sample too; values with a token in each row.
 */
public final class QueryKeyValue {
  private final LinearMap queryKey;
  private final LinearMap value;
  private final int width;

  /** The map of a layer or block. */
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
   * @param additions what depends on the sample, a row for each of the group
   * @param from place of the first row in the group
   * @param qk queries and keys without what depends on the sample
   */
  public void forward(
      Lane lane, Group group, Matrix additions, int from, Matrix h, Matrix qk, Matrix v) {
    fill(lane, group, additions, from, v);
    queryKey.forwardToColumns(lane, h, qk);
    value.forward(lane, h, v, 1f);
  }

  private void fill(Lane lane, Group group, Matrix additions, int from, Matrix v) {
    try (Scratch.Scope scope = lane.open()) {
      float[] addition = scope.row(width);
      int end = from + v.rows();
      int next;
      for (int at = from; at < end; at = next) {
        int sample = at / group.tokens();
        next = Math.min(end, (sample + 1) * group.tokens());
        additions.read(sample, 2 * width, addition, width);
        v.rows(at - from, next - at).fill(addition);
      }
    }
  }

  /** Adds to the gradient of the weight. */
  public void backwardWeight(Lane lane, Matrix h, Matrix dQk, Matrix dV) {
    queryKey.backwardWeightOfColumns(lane, h, dQk);
    value.backwardWeight(lane, h, dV);
  }

  /** Fills {@code dh}. */
  public void backwardInput(Lane lane, Matrix dQk, Matrix dV, Matrix dh) {
    queryKey.backwardInputOfColumns(lane, dQk, dh, 0f);
    value.backwardInput(lane, dV, dh, 1f);
  }

  /**
   * Fills the errors of what depends on the sample from those of all tokens of the group.
   *
   * @param errors a row for each sample of the group
   */
  public void backwardAdditions(Lane lane, Group group, Matrix dQk, Matrix dV, Matrix errors) {
    int tokens = group.tokens();
    try (Scratch.Scope scope = lane.open()) {
      float[] sums = scope.zeroRow(errors.rows() * errors.columns());
      float[] row = scope.row(dQk.columns());
      for (int d = 0; d < 2 * width; d++) {
        dQk.read(d, row);
        for (int s = 0; s < group.samples(); s++) {
          sums[s * errors.columns() + d] = VectorMath.sum(row, s * tokens, tokens);
        }
      }
      errors.reshaped(1, errors.rows() * errors.columns()).write(0, sums);
      float[] sum = scope.row(width);
      float[] error = scope.row(width);
      for (int s = 0; s < group.samples(); s++) {
        Arrays.fill(sum, 0, width, 0f);
        for (int i = 0; i < tokens; i++) {
          dV.read(s * tokens + i, error);
          VectorMath.add(sum, error, width);
        }
        errors.write(s, 2 * width, sum, width);
      }
    }
  }
}
