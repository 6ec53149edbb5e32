package org.tim4j.layers.kernel.attention;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.loops.HeadLoops;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.HeadNorm;
import org.tim4j.layers.kernel.nn.LinearMap;
import org.tim4j.layers.kernel.thread.Lane;

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
   * @param q queries without bias, a token in each column
   * @param logSum see {@link TiledAttention}
   */
  public record Taped(Matrix q, Matrix attended, Matrix logSum) {
    private TiledAttention.Output output() {
      return new TiledAttention.Output(attended, logSum);
    }
  }

  /**
   * The captions of a group.
   *
   * @param rows those of all samples, one behind the other
   * @param mask which rows of the batch may be attended to
   */
  public record Caption(Matrix rows, KeyMask mask) {
    /** Other rows of the same captions. */
    public Caption with(Matrix others) {
      return new Caption(others, mask);
    }
  }

  /** Errors at tokens and caption, to be filled, and at attended values. */
  public record Errors(Matrix h, Matrix caption, Matrix attended) {}

  /** What attention is made of in one pass. */
  private final class Pass {
    private final Lane lane;
    private final HeadLoops.Heads queryHeads;
    private final HeadLoops.Heads keyHeads;
    private final HeadLoops.Raw rawQueries;
    private final HeadLoops.Raw rawKeys;
    private final TiledAttention.Inputs inputs;

    Pass(Lane lane, Scratch.Scope scope, Group group, Caption captions, Matrix q) {
      Matrix caption = captions.rows;
      this.lane = lane;
      queryHeads = queries.with(lane, scope, group.rotary());
      keyHeads = keys.with(lane, scope, null);
      Matrix k = scope.spread(width, caption.rows());
      Matrix readyKeys = scope.spread(width, caption.rows());
      Matrix readyQueries = scope.spread(width, q.columns());
      Matrix values = scope.matrix(caption.rows(), width);
      key.forwardToColumns(lane, caption, k);
      rawQueries = raw(scope, q, queryBias, group.samples());
      rawKeys = raw(scope, k, keyBias, group.samples());
      HeadLoops loops = lane.loops().heads();
      loops.forward(lane.scratch(), queryHeads, rawQueries, readyQueries);
      loops.forward(lane.scratch(), keyHeads, rawKeys, readyKeys);
      value.forward(lane, valueBias, caption, values);
      inputs =
          new TiledAttention.Inputs(
              group.samples(), readyQueries, readyKeys, values, captions.mask, group.firstSample());
    }

    private HeadLoops.Raw raw(Scratch.Scope scope, Matrix heads, Bias bias, int samples) {
      Matrix biases = scope.matrix(samples, bias.width());
      bias.fill(lane, biases);
      return new HeadLoops.Raw(heads, biases, 0);
    }

    /** Turns errors at ready heads into those at raw ones and adds to the gradients. */
    void backwardHeads(Matrix dq, Matrix dk) {
      HeadLoops loops = lane.loops().heads();
      loops.backward(lane.scratch(), queryHeads, rawQueries, dq);
      loops.backward(lane.scratch(), keyHeads, rawKeys, dk);
      queries.accumulate(lane, queryHeads);
      keys.accumulate(lane, keyHeads);
    }
  }

  /**
   * Fills the tape.
   *
   * @param h the group's tokens
   */
  public void forward(Lane lane, Group group, Matrix h, Caption caption, Taped tape) {
    try (Scratch.Scope scope = lane.open()) {
      query.forwardToColumns(lane, h, tape.q);
      Pass pass = new Pass(lane, scope, group, caption, tape.q);
      attention.forward(lane, pass.inputs, tape.output());
    }
  }

  /** Adds to the gradients and fills the errors at tokens and caption. */
  public void backward(
      Lane lane, Group group, Matrix h, Caption captions, Taped tape, Errors errors) {
    Matrix caption = captions.rows;
    try (Scratch.Scope scope = lane.open()) {
      Pass pass = new Pass(lane, scope, group, captions, tape.q);
      Matrix dq = scope.spread(width, h.rows());
      Matrix dk = scope.spread(width, caption.rows());
      Matrix dv = scope.matrix(caption.rows(), width);
      attention.backward(
          lane, pass.inputs, tape.output(), errors.attended, new TiledAttention.Errors(dq, dk, dv));
      pass.backwardHeads(dq, dk);
      keyBias.backwardColumns(lane, dk);
      key.backwardWeightOfColumns(lane, caption, dk);
      key.backwardInputOfColumns(lane, dk, errors.caption, 0f);
      valueBias.backward(lane, dv);
      value.backwardWeight(lane, caption, dv);
      value.backwardInput(lane, dv, errors.caption, 1f);
      queryBias.backwardColumns(lane, dq);
      query.backwardWeightOfColumns(lane, h, dq);
      query.backwardInputOfColumns(lane, dq, errors.h, 0f);
    }
  }
}
