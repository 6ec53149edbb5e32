package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.attention.AttentionForm;
import org.tim4j.layers.kernel.attention.Group;
import org.tim4j.layers.kernel.attention.QueryKeyValue;
import org.tim4j.layers.kernel.attention.RotaryCache;
import org.tim4j.layers.kernel.attention.SelfAttentionCore;
import org.tim4j.layers.kernel.loops.RotaryTable;
import org.tim4j.layers.kernel.memory.Arena;
import org.tim4j.layers.kernel.memory.Columns;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.LinearMap;
import org.tim4j.layers.kernel.thread.Worker;

/**
 * Interval-aware self-attention as a layer of its own. Inputs: tokens {@code [batch, height, width,
 * D]} or {@code [batch, tokens, D]} and, if there is an interval projection, the interval embedding
 * {@code [batch, D]}.
 */
public final class AttentionKernel extends SampleKernel {
  private static final int TOKENS = 0;
  private static final int DELTA = 1;

  private final QueryKeyValue qkv;
  private final Bias qkvBias;
  private final LinearMap interval;
  private final SelfAttentionCore attention;
  private final LinearMap projection;
  private final Bias projectionBias;
  private final RotaryCache rotary;
  private final int width;
  private final int heads;
  private final Arena arena = new Arena();
  private RotaryTable positions;
  private Taped taped;

  /** Activations of the whole batch. */
  private record Taped(Rows qk, Rows v, Rows attended, Rows logSum) {
    Taped part(int from, int rows) {
      return new Taped(
          qk.part(from, rows),
          v.part(from, rows),
          attended.part(from, rows),
          logSum.part(from, rows));
    }

    /** The same memory, queries and keys as columns. */
    SelfAttentionCore.Taped ofAttention() {
      return new SelfAttentionCore.Taped(Columns.of(qk), v, attended, logSum);
    }
  }

  /**
   * @param layout the layer's parameters
   * @param distanceAware whether there is an interval projection
   */
  public AttentionKernel(ParameterLayout layout, AttentionForm form, boolean distanceAware) {
    super(layout);
    heads = form.heads();
    qkv = new QueryKeyValue(layout);
    width = qkv.width();
    qkvBias = new Bias(layout, ParameterNames.bias(ParameterNames.QUERY_KEY_VALUE));
    interval =
        distanceAware
            ? new LinearMap(layout, ParameterNames.weight(ParameterNames.INTERVAL))
            : null;
    attention = new SelfAttentionCore(layout, width, form);
    projection = new LinearMap(layout, ParameterNames.weight(ParameterNames.PROJECTION));
    projectionBias = new Bias(layout, ParameterNames.bias(ParameterNames.PROJECTION));
    rotary = new RotaryCache(form.order(), width / heads);
  }

  private Taped take(Arena memory, int rows) {
    return new Taped(
        Rows.take(memory, rows, 2 * width),
        Rows.take(memory, rows, width),
        Rows.take(memory, rows, width),
        Rows.take(memory, rows, heads));
  }

  @Override
  public void prepareForward(FloatTensor[] inputs, Keep keep) {
    positions = rotary.of(inputs[TOKENS]);
    if (keep == Keep.ACTIVATIONS) {
      arena.release(0);
      taped = take(arena, inputs[TOKENS].rows().count());
    }
  }

  @Override
  public void prepareBackward(FloatTensor[] inputs, Keep kept) {
    positions = rotary.of(inputs[TOKENS]);
  }

  /** The share's activations: a part of the kept ones, or scratch. */
  private SelfAttentionCore.Taped taped(Share share, Keep keep) {
    Rows x = share.input(TOKENS);
    int each = x.count() / share.samples();
    Taped part =
        keep == Keep.ACTIVATIONS
            ? taped.part(share.from() * each, x.count())
            : take(share.worker().scratch(), x.count());
    return part.ofAttention();
  }

  /** The share as one group; {@code errors} is null in a forward. */
  private Group group(Share share, Rows errors) {
    Rows additions = share.worker().scratchRows(share.samples(), 3 * width);
    qkvBias.fill(share.worker(), share.weights(), additions);
    if (interval != null) {
      interval.forward(share.worker(), share.weights(), share.input(DELTA), additions, 1f);
    }
    int tokens = share.input(TOKENS).count() / share.samples();
    return new Group(
        share.from(), share.samples(), tokens, positions, additions, errors, null, null, null);
  }

  private void attend(Share share, Group group, SelfAttentionCore.Taped tape) {
    qkv.forward(
        share.worker(), share.weights(), group, 0, share.input(TOKENS), tape.qk(), tape.v());
    attention.forward(share.worker(), share.weights(), group, tape);
  }

  @Override
  public void forward(Share share, FloatTensor output, Keep keep) {
    SelfAttentionCore.Taped tape = taped(share, keep);
    attend(share, group(share, null), tape);
    Rows y = share.part(output);
    projection.forward(share.worker(), share.weights(), projectionBias, tape.attended(), y);
  }

  @Override
  public void backward(
      Share share,
      FloatMemory gradients,
      FloatTensor outputError,
      FloatTensor[] inputErrors,
      Keep kept) {
    Worker worker = share.worker();
    FloatMemory weights = share.weights();
    Rows dAdditions = worker.scratchRows(share.samples(), 3 * width);
    Group group = group(share, dAdditions);
    SelfAttentionCore.Taped tape = taped(share, kept);
    if (kept == Keep.NOTHING) {
      attend(share, group, tape);
    }
    Rows dy = share.part(outputError);
    SelfAttentionCore.Errors errors =
        new SelfAttentionCore.Errors(
            Columns.take(worker.scratch(), 2 * width, group.rows()),
            worker.scratchRows(group.rows(), width),
            worker.scratchRows(group.rows(), width));
    projectionBias.backward(worker, gradients, dy);
    projection.backwardWeight(worker, gradients, tape.attended(), dy);
    projection.backwardInput(worker, weights, dy, errors.attended(), 0f);
    attention.backward(worker, weights, gradients, group, tape, errors);
    qkv.backwardAdditions(worker, group, errors.qk(), errors.v());
    qkvBias.backward(worker, gradients, dAdditions);
    qkv.backwardWeight(worker, gradients, share.input(TOKENS), errors.qk(), errors.v());
    if (inputErrors[TOKENS] != null) {
      Rows dx = share.part(inputErrors[TOKENS]);
      qkv.backwardInput(worker, weights, errors.qk(), errors.v(), dx);
    }
    if (interval != null) {
      interval.backwardWeight(worker, gradients, share.input(DELTA), dAdditions);
      if (inputErrors[DELTA] != null) {
        interval.backwardInput(worker, weights, dAdditions, share.part(inputErrors[DELTA]), 0f);
      }
    }
  }

  @Override
  public void close() {
    arena.close();
    taped = null;
  }
}
