package org.tim4j.layers.kernel.attention;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.loops.HeadLoops;
import org.tim4j.layers.kernel.memory.Columns;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.HeadNorm;
import org.tim4j.layers.kernel.nn.LinearMap;
import org.tim4j.layers.kernel.thread.Worker;

/**
 * From tokens and caption rows to attended values. Queries, keys and values are normalised and,
 * queries alone, rotated; keys and values of the caption are made again in the backward.
 */
public final class CrossAttentionCore {
  private final int width;
  private final LinearMap query;
  private final Bias queryBias;
  private final LinearMap key;
  private final Bias keyBias;
  private final LinearMap value;
  private final Bias valueBias;
  private final HeadNorm queries;
  private final HeadNorm keys;
  private final TiledAttention attention;

  /**
   * @param prefix what stands before the names of the parameters
   */
  public CrossAttentionCore(ParameterLayout layout, String prefix, AttentionForm form) {
    query = new LinearMap(layout, ParameterNames.weight(prefix + ParameterNames.QUERY));
    width = query.in();
    int headDim = width / form.heads();
    queryBias = new Bias(layout, ParameterNames.bias(prefix + ParameterNames.QUERY));
    String keyValue = prefix + ParameterNames.KEY_VALUE;
    key = new LinearMap(layout, ParameterNames.weight(keyValue), 0, width);
    keyBias = new Bias(layout, ParameterNames.bias(keyValue), 0, width);
    value = new LinearMap(layout, ParameterNames.weight(keyValue), width, width);
    valueBias = new Bias(layout, ParameterNames.bias(keyValue), width, width);
    queries = HeadNorm.of(layout, form.qkNorm(), prefix + ParameterNames.QUERY, headDim);
    keys = HeadNorm.of(layout, form.qkNorm(), prefix + ParameterNames.KEY, headDim);
    attention = new TiledAttention(form.heads(), headDim);
  }

  /** Values of a token. */
  public int width() {
    return width;
  }

  /**
   * What a forward makes for a group.
   *
   * @param q queries without bias, {@code width} for each token
   * @param logSum see {@link TiledAttention}
   */
  public record Taped(Columns q, Rows attended, Rows logSum) {}

  /** Raw queries and keys, and ready queries, keys and values. */
  private record Ready(HeadLoops.Raw queries, HeadLoops.Raw keys, TiledAttention.Inputs inputs) {}

  private static HeadLoops.Raw raw(
      Worker worker, FloatMemory weights, Columns values, Bias bias, int samples) {
    Rows biases = worker.scratchRows(samples, bias.width());
    bias.fill(worker, weights, biases);
    return new HeadLoops.Raw(values, biases, 0);
  }

  private Ready ready(
      Worker worker,
      FloatMemory weights,
      Group group,
      Rows caption,
      Columns q,
      HeadLoops.Heads queryHeads,
      HeadLoops.Heads keyHeads) {
    Columns k = Columns.take(worker.scratch(), width, caption.count());
    Columns readyKeys = Columns.take(worker.scratch(), width, caption.count());
    Columns readyQueries = Columns.take(worker.scratch(), width, q.count());
    Rows values = worker.scratchRows(caption.count(), width);
    key.forward(worker, weights, caption, k);
    HeadLoops.Raw rawQueries = raw(worker, weights, q, queryBias, group.samples());
    HeadLoops.Raw rawKeys = raw(worker, weights, k, keyBias, group.samples());
    worker.loops().heads().forward(worker.rows(), queryHeads, rawQueries, readyQueries);
    worker.loops().heads().forward(worker.rows(), keyHeads, rawKeys, readyKeys);
    value.forward(worker, weights, valueBias, caption, values);
    return new Ready(
        rawQueries,
        rawKeys,
        new TiledAttention.Inputs(group.samples(), readyQueries, readyKeys, values));
  }

  /**
   * Fills the tape.
   *
   * @param h the group's tokens
   * @param caption the group's caption rows
   */
  public void forward(
      Worker worker, FloatMemory weights, Group group, Rows h, Rows caption, Taped tape) {
    int mark = worker.scratch().mark();
    int rowMark = worker.markRows();
    query.forward(worker, weights, h, tape.q);
    HeadLoops.Heads queryHeads = queries.with(worker, weights, group.rotary());
    HeadLoops.Heads keyHeads = keys.with(worker, weights, null);
    Ready ready = ready(worker, weights, group, caption, tape.q, queryHeads, keyHeads);
    attention.forward(worker, ready.inputs, tape.attended, tape.logSum);
    worker.releaseRows(rowMark);
    worker.scratch().release(mark);
  }

  /**
   * Adds to the gradients and fills the errors at tokens and caption.
   *
   * @param dAttended error at the attended values
   */
  public void backward(
      Worker worker,
      FloatMemory weights,
      FloatMemory gradients,
      Group group,
      Rows h,
      Rows caption,
      Taped tape,
      Rows dAttended,
      Rows dh,
      Rows dCaption) {
    int mark = worker.scratch().mark();
    int rowMark = worker.markRows();
    HeadLoops.Heads queryHeads = queries.with(worker, weights, group.rotary());
    HeadLoops.Heads keyHeads = keys.with(worker, weights, null);
    Ready ready = ready(worker, weights, group, caption, tape.q, queryHeads, keyHeads);
    Columns dq = Columns.take(worker.scratch(), width, h.count());
    Columns dk = Columns.take(worker.scratch(), width, caption.count());
    Rows dv = worker.scratchRows(caption.count(), width);
    attention.backward(
        worker,
        ready.inputs,
        new AttentionBackward.Output(tape.attended, tape.logSum, dAttended),
        new AttentionBackward.Errors(dq, dk, dv));
    worker.loops().heads().backward(worker.rows(), queryHeads, ready.queries, dq);
    worker.loops().heads().backward(worker.rows(), keyHeads, ready.keys, dk);
    queries.accumulate(worker, gradients, queryHeads);
    keys.accumulate(worker, gradients, keyHeads);
    keyBias.backward(worker, gradients, dk);
    key.backwardWeight(worker, gradients, caption, dk);
    key.backwardInput(worker, weights, dk, dCaption, 0f);
    valueBias.backward(worker, gradients, dv);
    value.backwardWeight(worker, gradients, caption, dv);
    value.backwardInput(worker, weights, dv, dCaption, 1f);
    queryBias.backward(worker, gradients, dq);
    query.backwardWeight(worker, gradients, h, dq);
    query.backwardInput(worker, weights, dq, dh, 0f);
    worker.releaseRows(rowMark);
    worker.scratch().release(mark);
  }
}
