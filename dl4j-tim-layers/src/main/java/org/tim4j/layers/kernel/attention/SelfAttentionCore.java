package org.tim4j.layers.kernel.attention;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.loops.HeadLoops;
import org.tim4j.layers.kernel.memory.Columns;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.nn.HeadNorm;
import org.tim4j.layers.kernel.thread.Worker;

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
   * @param qk queries, and below them keys, without what depends on the sample
   * @param logSum see {@link TiledAttention}
   */
  public record Taped(Columns qk, Rows v, Rows attended, Rows logSum) {
    private Taped part(int from, int tokens) {
      return new Taped(
          qk.part(from, tokens),
          v.part(from, tokens),
          attended.part(from, tokens),
          logSum.part(from, tokens));
    }
  }

  /** Errors at a tape's queries and keys, values, and attended values. */
  public record Errors(Columns qk, Rows v, Rows attended) {
    private Errors part(int from, int tokens) {
      return new Errors(qk.part(from, tokens), v.part(from, tokens), attended.part(from, tokens));
    }
  }

  private Columns queries(Columns qk) {
    return qk.values(0, width);
  }

  private Columns keys(Columns qk) {
    return qk.values(width, width);
  }

  private HeadLoops.Raw rawQueries(Columns qk, Rows additions) {
    return new HeadLoops.Raw(queries(qk), additions, 0);
  }

  private HeadLoops.Raw rawKeys(Columns qk, Rows additions) {
    return new HeadLoops.Raw(keys(qk), additions, width);
  }

  /** Fills {@code ready} with the queries and keys of whole samples. */
  private void makeReady(
      Worker worker,
      HeadLoops.Heads query,
      HeadLoops.Heads key,
      Columns qk,
      Rows additions,
      Columns ready) {
    HeadLoops loops = worker.loops().heads();
    loops.forward(worker.rows(), query, rawQueries(qk, additions), queries(ready));
    loops.forward(worker.rows(), key, rawKeys(qk, additions), keys(ready));
  }

  private static int samplesAtOnce(Group group) {
    return Math.min(group.samples(), Math.max(1, TOKENS / group.tokens()));
  }

  /** Fills the tape's attended values and logarithms. */
  public void forward(Worker worker, FloatMemory weights, Group group, Taped tape) {
    int mark = worker.scratch().mark();
    int rowMark = worker.markRows();
    int tokens = group.tokens();
    int atOnce = samplesAtOnce(group);
    Columns ready = Columns.take(worker.scratch(), 2 * width, atOnce * tokens);
    HeadLoops.Heads query = queries.with(worker, weights, group.rotary());
    HeadLoops.Heads key = keys.with(worker, weights, group.rotary());
    for (int s = 0; s < group.samples(); s += atOnce) {
      int samples = Math.min(atOnce, group.samples() - s);
      Taped part = tape.part(s * tokens, samples * tokens);
      Columns qk = ready.part(0, samples * tokens);
      Rows additions = group.interval().part(s, samples);
      makeReady(worker, query, key, part.qk, additions, qk);
      attention.forward(
          worker,
          new TiledAttention.Inputs(samples, queries(qk), keys(qk), part.v),
          part.attended,
          part.logSum);
    }
    worker.releaseRows(rowMark);
    worker.scratch().release(mark);
  }

  /**
   * Fills the errors at queries, keys and values from those at the attended values, and adds to the
   * gradients of the normalisation.
   */
  public void backward(
      Worker worker,
      FloatMemory weights,
      FloatMemory gradients,
      Group group,
      Taped tape,
      Errors errors) {
    int mark = worker.scratch().mark();
    int rowMark = worker.markRows();
    int tokens = group.tokens();
    int atOnce = samplesAtOnce(group);
    Columns ready = Columns.take(worker.scratch(), 2 * width, atOnce * tokens);
    HeadLoops loops = worker.loops().heads();
    HeadLoops.Heads query = queries.with(worker, weights, group.rotary());
    HeadLoops.Heads key = keys.with(worker, weights, group.rotary());
    for (int s = 0; s < group.samples(); s += atOnce) {
      int samples = Math.min(atOnce, group.samples() - s);
      Taped part = tape.part(s * tokens, samples * tokens);
      Columns qk = ready.part(0, samples * tokens);
      Errors error = errors.part(s * tokens, samples * tokens);
      Rows additions = group.interval().part(s, samples);
      makeReady(worker, query, key, part.qk, additions, qk);
      attention.backward(
          worker,
          new TiledAttention.Inputs(samples, queries(qk), keys(qk), part.v),
          new AttentionBackward.Output(part.attended, part.logSum, error.attended),
          new AttentionBackward.Errors(queries(error.qk), keys(error.qk), error.v));
      loops.backward(worker.rows(), query, rawQueries(part.qk, additions), queries(error.qk));
      loops.backward(worker.rows(), key, rawKeys(part.qk, additions), keys(error.qk));
    }
    queries.accumulate(worker, gradients, query);
    keys.accumulate(worker, gradients, key);
    worker.releaseRows(rowMark);
    worker.scratch().release(mark);
  }
}
