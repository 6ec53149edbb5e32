package org.tim4j.layers.kernel.attention;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.loops.HeadLoops;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.nn.HeadNorm;
import org.tim4j.layers.kernel.thread.Lane;

/**
 * From queries, keys and values to attended values, a few samples at a time: normalisation per
 * head, rotation, softmax attention.
 */
public final class SelfAttentionCore {
  /** Tokens that are rotated at once, so that they are still in the cache when they attend. */
  private static final int TOKENS = 256;

  private final int width;
  private final HeadNorm queries;
  private final HeadNorm keys;
  private final TiledAttention attention;

  /**
   * @param width values of a token
   */
  public SelfAttentionCore(ParameterLayout layout, int width, AttentionForm form) {
    this.width = width;
    int headDim = width / form.heads();
    queries = HeadNorm.of(layout, form.qkNorm(), ParameterNames.QUERY, headDim);
    keys = HeadNorm.of(layout, form.qkNorm(), ParameterNames.KEY, headDim);
    attention = new TiledAttention(form.heads(), headDim);
  }

  /**
   * What a forward was given and made.
   *
   * @param qk queries, and below them keys, without what depends on the sample, a token in each
   *     column
   * @param logSum see {@link TiledAttention}
   */
  public record Taped(Matrix qk, Matrix v, Matrix attended, Matrix logSum) {
    private Taped part(int from, int tokens) {
      return new Taped(
          qk.columns(from, tokens),
          v.rows(from, tokens),
          attended.rows(from, tokens),
          logSum.rows(from, tokens));
    }

    private TiledAttention.Output output() {
      return new TiledAttention.Output(attended, logSum);
    }
  }

  /** Errors at a tape's queries and keys, values, and attended values. */
  public record Errors(Matrix qk, Matrix v, Matrix attended) {
    /** Memory for the errors of tokens of {@code width} values. */
    public static Errors take(Scratch.Scope scope, int tokens, int width) {
      return new Errors(
          scope.spread(2 * width, tokens),
          scope.matrix(tokens, width),
          scope.matrix(tokens, width));
    }

    private Errors part(int from, int tokens) {
      return new Errors(
          qk.columns(from, tokens), v.rows(from, tokens), attended.rows(from, tokens));
    }
  }

  private Matrix queries(Matrix qk) {
    return qk.rows(0, width);
  }

  private Matrix keys(Matrix qk) {
    return qk.rows(width, width);
  }

  private HeadLoops.Raw rawQueries(Matrix qk, Matrix additions) {
    return new HeadLoops.Raw(queries(qk), additions, 0);
  }

  private HeadLoops.Raw rawKeys(Matrix qk, Matrix additions) {
    return new HeadLoops.Raw(keys(qk), additions, width);
  }

  private static int samplesAtOnce(Group group) {
    return Math.min(group.samples(), Math.max(1, TOKENS / group.tokens()));
  }

  /** What is done to the heads of queries and of keys in one pass. */
  private record Heads(HeadLoops.Heads query, HeadLoops.Heads key) {}

  private Heads heads(Lane lane, Scratch.Scope scope, Group group) {
    return new Heads(
        queries.with(lane, scope, group.rotary()), keys.with(lane, scope, group.rotary()));
  }

  /** Fills {@code ready} with the queries and keys of whole samples. */
  private TiledAttention.Inputs makeReady(
      Lane lane, Group part, Heads heads, Taped tape, Matrix additions, Matrix ready) {
    HeadLoops loops = lane.loops().heads();
    Matrix q = queries(ready);
    Matrix k = keys(ready);
    loops.forward(lane.scratch(), heads.query, rawQueries(tape.qk, additions), q);
    loops.forward(lane.scratch(), heads.key, rawKeys(tape.qk, additions), k);
    return new TiledAttention.Inputs(part.samples(), q, k, tape.v, part.mask(), part.firstSample());
  }

  /**
   * Fills the tape's attended values and logarithms.
   *
   * @param additions what depends on the sample, a row for each of the group
   */
  public void forward(Lane lane, Group group, Matrix additions, Taped tape) {
    int tokens = group.tokens();
    int atOnce = samplesAtOnce(group);
    try (Scratch.Scope scope = lane.open()) {
      Matrix ready = scope.spread(2 * width, atOnce * tokens);
      Heads heads = heads(lane, scope, group);
      for (int s = 0; s < group.samples(); s += atOnce) {
        int samples = Math.min(atOnce, group.samples() - s);
        Taped part = tape.part(s * tokens, samples * tokens);
        Matrix qk = ready.columns(0, samples * tokens);
        attention.forward(
            lane,
            makeReady(lane, group.part(s, samples), heads, part, additions.rows(s, samples), qk),
            part.output());
      }
    }
  }

  /**
   * Fills the errors at queries, keys and values from those at the attended values, and adds to the
   * gradients of the normalisation.
   */
  public void backward(Lane lane, Group group, Matrix additions, Taped tape, Errors errors) {
    int tokens = group.tokens();
    int atOnce = samplesAtOnce(group);
    HeadLoops loops = lane.loops().heads();
    try (Scratch.Scope scope = lane.open()) {
      Matrix ready = scope.spread(2 * width, atOnce * tokens);
      Heads heads = heads(lane, scope, group);
      for (int s = 0; s < group.samples(); s += atOnce) {
        int samples = Math.min(atOnce, group.samples() - s);
        Taped part = tape.part(s * tokens, samples * tokens);
        Matrix qk = ready.columns(0, samples * tokens);
        Errors error = errors.part(s * tokens, samples * tokens);
        Matrix dq = queries(error.qk);
        Matrix dk = keys(error.qk);
        Matrix ofSamples = additions.rows(s, samples);
        attention.backward(
            lane,
            makeReady(lane, group.part(s, samples), heads, part, ofSamples, qk),
            part.output(),
            error.attended,
            new TiledAttention.Errors(dq, dk, error.v));
        loops.backward(lane.scratch(), heads.query, rawQueries(part.qk, ofSamples), dq);
        loops.backward(lane.scratch(), heads.key, rawKeys(part.qk, ofSamples), dk);
      }
      queries.accumulate(lane, heads.query);
      keys.accumulate(lane, heads.key);
    }
  }
}
