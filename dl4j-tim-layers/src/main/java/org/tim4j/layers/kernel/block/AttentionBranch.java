package org.tim4j.layers.kernel.block;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.attention.AttentionForm;
import org.tim4j.layers.kernel.attention.Group;
import org.tim4j.layers.kernel.attention.QueryKeyValue;
import org.tim4j.layers.kernel.attention.SelfAttentionCore;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.GatedResidual;
import org.tim4j.layers.kernel.nn.LinearMap;
import org.tim4j.layers.kernel.nn.ModulatedNorm;
import org.tim4j.layers.kernel.nn.Modulation;
import org.tim4j.layers.kernel.thread.Lane;

/**
 * The gated interval-aware self-attention branch of a block: queries, keys and values get an
 * addition that depends on the interval, queries and keys are normalised per head and rotated.
 */
final class AttentionBranch implements Branch {
  private static final int QUERY_KEY = 0;
  private static final int VALUE = 1;
  private static final int ATTENDED = 2;
  private static final int RESULT = 3;
  private static final int LOG_SUM = 4;

  private final ModulatedNorm norm;
  private final QueryKeyValue qkv;
  private final SelfAttentionCore attention;
  private final LinearMap projection;
  private final GatedResidual residual;
  private final int width;
  private final int heads;

  /**
   * @param position place of the branch in the block, from 0
   */
  AttentionBranch(ParameterLayout layout, int position, AttentionForm form) {
    norm = new ModulatedNorm(position * CHUNKS);
    qkv = new QueryKeyValue(layout);
    width = qkv.width();
    heads = form.heads();
    attention = new SelfAttentionCore(layout, width, form);
    Bias bias = new Bias(layout, ParameterNames.bias(ParameterNames.PROJECTION));
    projection = new LinearMap(layout, ParameterNames.weight(ParameterNames.PROJECTION));
    residual = new GatedResidual(position * CHUNKS + 2, bias);
  }

  @Override
  public int[] savedWidths() {
    return new int[] {2 * width, width, width, width, heads};
  }

  private static SelfAttentionCore.Taped taped(Matrix[] saved) {
    Matrix qk = saved[QUERY_KEY];
    return new SelfAttentionCore.Taped(
        qk.reshaped(qk.columns(), qk.rows()), saved[VALUE], saved[ATTENDED], saved[LOG_SUM]);
  }

  @Override
  public void forward(
      Lane lane, Group group, Conditions conditions, Matrix x, Matrix[] saved, Matrix y) {
    Modulation modulation = conditions.modulation();
    Matrix additions = conditions.additions();
    SelfAttentionCore.Taped taped = taped(saved);
    group.forEachTile(
        (from, count) -> {
          Matrix qk = taped.qk().columns(from, count);
          Matrix v = taped.v().rows(from, count);
          try (Scratch.Scope scope = lane.open()) {
            Matrix h = scope.matrix(count, width);
            norm.forward(lane, modulation, group.firstRow() + from, x.rows(from, count), h);
            qkv.forward(lane, group, additions, from, h, qk, v);
          }
        });
    attention.forward(lane, group, additions, taped);
    group.forEachTile(
        (from, count) -> {
          int first = group.firstRow() + from;
          Matrix in = x.rows(from, count);
          Matrix result = saved[RESULT].rows(from, count);
          projection.forward(lane, saved[ATTENDED].rows(from, count), result, 0f);
          residual.forward(lane, modulation, first, in, result, y.rows(from, count));
        });
  }

  @Override
  public void backward(
      Lane lane,
      Group group,
      Conditions conditions,
      Conditions errors,
      Matrix x,
      Matrix[] saved,
      Matrix d) {
    Modulation modulation = conditions.modulation();
    Modulation dModulation = errors.modulation();
    try (Scratch.Scope scope = lane.open()) {
      var dTaped = SelfAttentionCore.Errors.take(scope, group.rows(), width);
      group.forEachTile(
          (from, count) -> {
            int first = group.firstRow() + from;
            Matrix error = d.rows(from, count);
            Matrix result = saved[RESULT].rows(from, count);
            residual.backward(lane, modulation, dModulation, first, result, error, result);
            projection.backwardWeight(lane, saved[ATTENDED].rows(from, count), result);
            projection.backwardInput(lane, result, dTaped.attended().rows(from, count), 0f);
          });
      attention.backward(lane, group, conditions.additions(), taped(saved), dTaped);
      qkv.backwardAdditions(lane, group, dTaped.qk(), dTaped.v(), errors.additions());
      group.forEachTile(
          (from, count) -> {
            int first = group.firstRow() + from;
            Matrix in = x.rows(from, count);
            Matrix dQk = dTaped.qk().columns(from, count);
            Matrix dV = dTaped.v().rows(from, count);
            try (Scratch.Scope tile = lane.open()) {
              Matrix h = tile.matrix(count, width);
              Matrix dh = tile.matrix(count, width);
              norm.forward(lane, modulation, first, in, h);
              qkv.backwardWeight(lane, h, dQk, dV);
              qkv.backwardInput(lane, dQk, dV, dh);
              norm.backward(lane, modulation, dModulation, first, in, dh, d.rows(from, count));
            }
          });
    }
  }
}
