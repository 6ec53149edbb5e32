package org.tim4j.layers.kernel.block;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.attention.AttentionForm;
import org.tim4j.layers.kernel.attention.Group;
import org.tim4j.layers.kernel.attention.QueryKeyValue;
import org.tim4j.layers.kernel.attention.SelfAttentionCore;
import org.tim4j.layers.kernel.memory.Columns;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.GatedResidual;
import org.tim4j.layers.kernel.nn.LinearMap;
import org.tim4j.layers.kernel.nn.ModulatedNorm;
import org.tim4j.layers.kernel.nn.Modulation;
import org.tim4j.layers.kernel.thread.Worker;

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

  private static SelfAttentionCore.Taped taped(Rows[] saved) {
    return new SelfAttentionCore.Taped(
        Columns.of(saved[QUERY_KEY]), saved[VALUE], saved[ATTENDED], saved[LOG_SUM]);
  }

  @Override
  public void forward(
      Worker worker, FloatMemory weights, Group group, Rows x, Rows[] saved, Rows y) {
    Modulation modulation = group.modulation();
    SelfAttentionCore.Taped taped = taped(saved);
    group.forEachTile(
        (from, count) -> {
          int mark = worker.scratch().mark();
          Rows h = worker.scratchRows(count, width);
          norm.forward(worker, modulation, group.firstRow() + from, x.part(from, count), h);
          qkv.forward(
              worker,
              weights,
              group,
              from,
              h,
              taped.qk().part(from, count),
              taped.v().part(from, count));
          worker.scratch().release(mark);
        });
    attention.forward(worker, weights, group, taped);
    group.forEachTile(
        (from, count) -> {
          Rows result = saved[RESULT].part(from, count);
          projection.forward(worker, weights, saved[ATTENDED].part(from, count), result, 0f);
          int first = group.firstRow() + from;
          Rows in = x.part(from, count);
          residual.forward(worker, weights, modulation, first, in, result, y.part(from, count));
        });
  }

  @Override
  public void backward(
      Worker worker,
      FloatMemory weights,
      FloatMemory gradients,
      Group group,
      Rows x,
      Rows[] saved,
      Rows d) {
    int mark = worker.scratch().mark();
    SelfAttentionCore.Errors errors =
        new SelfAttentionCore.Errors(
            Columns.take(worker.scratch(), 2 * width, group.rows()),
            worker.scratchRows(group.rows(), width),
            worker.scratchRows(group.rows(), width));
    group.forEachTile(
        (from, count) ->
            backwardProjection(
                worker,
                weights,
                gradients,
                group,
                saved,
                from,
                d.part(from, count),
                errors.attended()));
    attention.backward(worker, weights, gradients, group, taped(saved), errors);
    qkv.backwardAdditions(worker, group, errors.qk(), errors.v());
    group.forEachTile(
        (from, count) ->
            backwardQkv(
                worker,
                weights,
                gradients,
                group,
                x.part(from, count),
                from,
                d.part(from, count),
                errors));
    worker.scratch().release(mark);
  }

  private void backwardProjection(
      Worker worker,
      FloatMemory weights,
      FloatMemory gradients,
      Group group,
      Rows[] saved,
      int from,
      Rows d,
      Rows dAttended) {
    int count = d.count();
    Rows result = saved[RESULT].part(from, count);
    residual.backward(
        worker, weights, gradients, group.modulation(), group.firstRow() + from, result, d, result);
    projection.backwardWeight(worker, gradients, saved[ATTENDED].part(from, count), result);
    projection.backwardInput(worker, weights, result, dAttended.part(from, count), 0f);
  }

  private void backwardQkv(
      Worker worker,
      FloatMemory weights,
      FloatMemory gradients,
      Group group,
      Rows x,
      int from,
      Rows d,
      SelfAttentionCore.Errors errors) {
    int mark = worker.scratch().mark();
    int count = d.count();
    int first = group.firstRow() + from;
    Rows h = worker.scratchRows(count, width);
    Rows dh = worker.scratchRows(count, width);
    Columns dQk = errors.qk().part(from, count);
    Rows dV = errors.v().part(from, count);
    norm.forward(worker, group.modulation(), first, x, h);
    qkv.backwardWeight(worker, gradients, h, dQk, dV);
    qkv.backwardInput(worker, weights, dQk, dV, dh);
    norm.backward(worker, group.modulation(), first, x, dh, d);
    worker.scratch().release(mark);
  }
}
