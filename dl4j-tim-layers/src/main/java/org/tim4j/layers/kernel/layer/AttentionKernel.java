package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.attention.AttentionForm;
import org.tim4j.layers.kernel.attention.Group;
import org.tim4j.layers.kernel.attention.KeyMask;
import org.tim4j.layers.kernel.attention.QueryKeyValue;
import org.tim4j.layers.kernel.attention.RotaryCache;
import org.tim4j.layers.kernel.attention.SelfAttentionCore;
import org.tim4j.layers.kernel.loops.RotaryTable;
import org.tim4j.layers.kernel.memory.Arena;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.MatrixSource;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.LinearMap;
import org.tim4j.layers.kernel.thread.Lane;

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
  private KeyMask mask;
  private Taped taped;

  /** Activations, of the whole batch or a part of it, a token in each row. */
  private record Taped(Matrix qk, Matrix v, Matrix attended, Matrix logSum) {
    Taped part(int from, int rows) {
      return new Taped(
          qk.rows(from, rows),
          v.rows(from, rows),
          attended.rows(from, rows),
          logSum.rows(from, rows));
    }

    /** The same memory, queries and keys of a token in each column. */
    SelfAttentionCore.Taped ofAttention() {
      Matrix columns = qk.reshaped(qk.columns(), qk.rows());
      return new SelfAttentionCore.Taped(columns, v, attended, logSum);
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

  /** Memory for {@code rows} tokens. */
  private Taped take(MatrixSource memory, int rows) {
    return new Taped(
        memory.matrix(rows, 2 * width),
        memory.matrix(rows, width),
        memory.matrix(rows, width),
        memory.matrix(rows, heads));
  }

  @Override
  protected void prepareForward(Batch batch, Keep keep) {
    look(batch);
    if (keep == Keep.ACTIVATIONS) {
      arena.release(0);
      taped = take(arena, batch.inputs()[TOKENS].rows().rows());
    }
  }

  @Override
  protected void prepareBackward(Batch batch, Keep kept) {
    look(batch);
  }

  private void look(Batch batch) {
    FloatTensor tokens = batch.inputs()[TOKENS];
    positions = rotary.of(tokens);
    mask = KeyMask.of(batch.masks()[TOKENS], tokens);
  }

  /** The share's activations: a part of the kept ones, or scratch. */
  private SelfAttentionCore.Taped taped(Share share, Keep keep) {
    Matrix x = share.input(TOKENS);
    int each = x.rows() / share.samples();
    Taped part =
        keep == Keep.ACTIVATIONS
            ? taped.part(share.from() * each, x.rows())
            : take(share.scope(), x.rows());
    return part.ofAttention();
  }

  private Group group(Share share) {
    int tokens = share.input(TOKENS).rows() / share.samples();
    return new Group(share.from(), share.samples(), tokens, positions, mask);
  }

  /** What is added to queries, keys and values, a row for each sample. */
  private Matrix additions(Share share) {
    Matrix additions = share.scope().matrix(share.samples(), 3 * width);
    qkvBias.fill(share.lane(), additions);
    if (interval != null) {
      interval.forward(share.lane(), share.input(DELTA), additions, 1f);
    }
    return additions;
  }

  private void attend(Share share, Group group, Matrix additions, SelfAttentionCore.Taped tape) {
    Lane lane = share.lane();
    qkv.forward(lane, group, additions, 0, share.input(TOKENS), tape.qk(), tape.v());
    attention.forward(lane, group, additions, tape);
  }

  @Override
  protected void forward(Share share, FloatTensor output, Keep keep) {
    SelfAttentionCore.Taped tape = taped(share, keep);
    attend(share, group(share), additions(share), tape);
    projection.forward(share.lane(), projectionBias, tape.attended(), share.part(output));
  }

  @Override
  protected void backward(
      Share share, FloatTensor outputError, FloatTensor[] inputErrors, Keep kept) {
    Lane lane = share.lane();
    Group group = group(share);
    Matrix additions = additions(share);
    SelfAttentionCore.Taped tape = taped(share, kept);
    if (kept == Keep.NOTHING) {
      attend(share, group, additions, tape);
    }
    Matrix dy = share.part(outputError);
    Matrix dAdditions = share.scope().matrix(share.samples(), 3 * width);
    var errors = SelfAttentionCore.Errors.take(share.scope(), group.rows(), width);
    projectionBias.backward(lane, dy);
    projection.backwardWeight(lane, tape.attended(), dy);
    projection.backwardInput(lane, dy, errors.attended(), 0f);
    attention.backward(lane, group, additions, tape, errors);
    qkv.backwardAdditions(lane, group, errors.qk(), errors.v(), dAdditions);
    qkvBias.backward(lane, dAdditions);
    qkv.backwardWeight(lane, share.input(TOKENS), errors.qk(), errors.v());
    if (inputErrors[TOKENS] != null) {
      qkv.backwardInput(lane, errors.qk(), errors.v(), share.part(inputErrors[TOKENS]));
    }
    if (interval != null) {
      interval.backwardWeight(lane, share.input(DELTA), dAdditions);
      if (inputErrors[DELTA] != null) {
        interval.backwardInput(lane, dAdditions, share.part(inputErrors[DELTA]), 0f);
      }
    }
  }

  @Override
  public void close() {
    arena.close();
    taped = null;
  }
}
