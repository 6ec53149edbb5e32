package org.tim4j.layers.kernel;

/**
 * From tokens and caption rows to attended values. Queries, keys and values are normalised and,
 * queries alone, rotated; keys and values of the caption are made again in the backward.
 */
final class CrossAttention {
  private final int width;
  private final Linear query;
  private final Bias queryBias;
  private final Linear key;
  private final Bias keyBias;
  private final Linear value;
  private final Bias valueBias;
  private final HeadRotation queries;
  private final HeadRotation keys;
  private final TiledAttention attention;

  /**
   * @param prefix what stands before {@code qW}, {@code qb}, {@code kvW}, … in the parameter names
   */
  CrossAttention(ParameterLayout layout, String prefix, int heads) {
    query = new Linear(layout, prefix + "qW");
    width = query.in();
    int headDim = width / heads;
    queryBias = new Bias(layout, prefix + "qb");
    key = new Linear(layout, prefix + "kvW", 0, width);
    keyBias = new Bias(layout, prefix + "kvb", 0, width);
    value = new Linear(layout, prefix + "kvW", width, width);
    valueBias = new Bias(layout, prefix + "kvb", width, width);
    queries = new HeadRotation(new HeadNorm(layout, prefix + "q", headDim), headDim);
    keys = new HeadRotation(new HeadNorm(layout, prefix + "k", headDim), headDim);
    attention = new TiledAttention(heads, headDim);
  }

  /** Values of a token. */
  int width() {
    return width;
  }

  /**
   * What a forward makes for a group.
   *
   * @param q queries before normalisation, {@code width} for each token
   * @param logSum see {@link TiledAttention}
   */
  record Taped(Columns q, Rows attended, Rows logSum) {}

  /** Keys before normalisation and ready queries, keys and values. */
  private record Ready(Columns rawKeys, TiledAttention.Inputs inputs) {}

  private Ready ready(
      Worker worker,
      FloatMemory weights,
      Group group,
      Rows caption,
      Columns q,
      HeadNorm.Affine queryAffine,
      HeadNorm.Affine keyAffine) {
    Columns rawKeys = Columns.take(worker.scratch(), width, caption.count());
    Columns readyKeys = Columns.take(worker.scratch(), width, caption.count());
    Columns readyQueries = Columns.take(worker.scratch(), width, q.count());
    Rows values = worker.scratchRows(caption.count(), width);
    keyBias.fill(worker, weights, rawKeys);
    key.forward(worker, weights, caption, rawKeys, 1f);
    keys.forward(worker, keyAffine, null, rawKeys, readyKeys);
    queries.forward(worker, queryAffine, group.rotary(), q, readyQueries);
    value.forward(worker, weights, valueBias, caption, values);
    return new Ready(
        rawKeys, new TiledAttention.Inputs(group.samples(), readyQueries, readyKeys, values));
  }

  /**
   * Fills the tape.
   *
   * @param h the group's tokens
   * @param caption the group's caption rows
   */
  void forward(Worker worker, FloatMemory weights, Group group, Rows h, Rows caption, Taped tape) {
    int mark = worker.scratch().mark();
    int rowMark = worker.markRows();
    queryBias.fill(worker, weights, tape.q);
    query.forward(worker, weights, h, tape.q, 1f);
    HeadNorm.Affine queryAffine = queries.affine(worker, weights);
    HeadNorm.Affine keyAffine = keys.affine(worker, weights);
    Ready ready = ready(worker, weights, group, caption, tape.q, queryAffine, keyAffine);
    attention.forward(worker, ready.inputs, tape.attended, tape.logSum);
    worker.releaseRows(rowMark);
    worker.scratch().release(mark);
  }

  /**
   * Adds to the gradients and fills the errors at tokens and caption.
   *
   * @param dAttended error at the attended values
   */
  void backward(
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
    HeadNorm.Affine queryAffine = queries.affine(worker, weights);
    HeadNorm.Affine keyAffine = keys.affine(worker, weights);
    Ready ready = ready(worker, weights, group, caption, tape.q, queryAffine, keyAffine);
    Columns dq = Columns.take(worker.scratch(), width, h.count());
    Columns dk = Columns.take(worker.scratch(), width, caption.count());
    Rows dv = worker.scratchRows(caption.count(), width);
    attention.backward(
        worker,
        ready.inputs,
        new AttentionBackward.Output(tape.attended, tape.logSum, dAttended),
        new AttentionBackward.Errors(dq, dk, dv));
    queries.backward(worker, queryAffine, group.rotary(), tape.q, dq);
    keys.backward(worker, keyAffine, null, ready.rawKeys, dk);
    queries.accumulate(worker, gradients, queryAffine);
    keys.accumulate(worker, gradients, keyAffine);
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
