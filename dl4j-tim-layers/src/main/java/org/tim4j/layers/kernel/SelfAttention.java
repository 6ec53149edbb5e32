package org.tim4j.layers.kernel;

/**
 * From queries, keys and values to attended values, a few samples at a time: normalisation per
 * head, rotation, softmax attention.
 */
final class SelfAttention {
  /** Tokens that are rotated at once, so that they are still in the cache when they attend. */
  private static final int TOKENS = 256;

  private final int width;
  private final HeadRotation queries;
  private final HeadRotation keys;
  private final TiledAttention attention;

  SelfAttention(ParameterLayout layout, int width, int heads) {
    this.width = width;
    int headDim = width / heads;
    queries = new HeadRotation(new HeadNorm(layout, "q", headDim), headDim);
    keys = new HeadRotation(new HeadNorm(layout, "k", headDim), headDim);
    attention = new TiledAttention(heads, headDim);
  }

  /**
   * What a forward was given and made.
   *
   * @param qk queries, and below them keys
   * @param logSum see {@link TiledAttention}
   */
  record Taped(Columns qk, Rows v, Rows attended, Rows logSum) {
    private Taped part(int from, int tokens) {
      return new Taped(
          qk.part(from, tokens),
          v.part(from, tokens),
          attended.part(from, tokens),
          logSum.part(from, tokens));
    }
  }

  /** Errors at a tape's queries and keys, values, and attended values. */
  record Errors(Columns qk, Rows v, Rows attended) {
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

  /** Fills {@code ready} with the normalised and rotated queries and keys of whole samples. */
  private void rotate(
      Worker worker,
      HeadNorm.Affine query,
      HeadNorm.Affine key,
      RotaryTable rotary,
      Columns qk,
      Columns ready) {
    queries.forward(worker, query, rotary, queries(qk), queries(ready));
    keys.forward(worker, key, rotary, keys(qk), keys(ready));
  }

  private static int samplesAtOnce(Group group) {
    return Math.min(group.samples(), Math.max(1, TOKENS / group.tokens()));
  }

  /** Fills the tape's attended values and logarithms. */
  void forward(Worker worker, FloatMemory weights, Group group, Taped tape) {
    int mark = worker.scratch().mark();
    int rowMark = worker.markRows();
    int tokens = group.tokens();
    int atOnce = samplesAtOnce(group);
    Columns ready = Columns.take(worker.scratch(), 2 * width, atOnce * tokens);
    HeadNorm.Affine query = queries.affine(worker, weights);
    HeadNorm.Affine key = keys.affine(worker, weights);
    for (int s = 0; s < group.samples(); s += atOnce) {
      int samples = Math.min(atOnce, group.samples() - s);
      Taped part = tape.part(s * tokens, samples * tokens);
      Columns qk = ready.part(0, samples * tokens);
      rotate(worker, query, key, group.rotary(), part.qk, qk);
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
  void backward(
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
    HeadNorm.Affine query = queries.affine(worker, weights);
    HeadNorm.Affine key = keys.affine(worker, weights);
    for (int s = 0; s < group.samples(); s += atOnce) {
      int samples = Math.min(atOnce, group.samples() - s);
      Taped part = tape.part(s * tokens, samples * tokens);
      Columns qk = ready.part(0, samples * tokens);
      Errors error = errors.part(s * tokens, samples * tokens);
      rotate(worker, query, key, group.rotary(), part.qk, qk);
      attention.backward(
          worker,
          new TiledAttention.Inputs(samples, queries(qk), keys(qk), part.v),
          new AttentionBackward.Output(part.attended, part.logSum, error.attended),
          new AttentionBackward.Errors(queries(error.qk), keys(error.qk), error.v));
      queries.backward(worker, query, group.rotary(), queries(part.qk), queries(error.qk));
      keys.backward(worker, key, group.rotary(), keys(part.qk), keys(error.qk));
    }
    queries.accumulate(worker, gradients, query);
    keys.accumulate(worker, gradients, key);
    worker.releaseRows(rowMark);
    worker.scratch().release(mark);
  }
}
