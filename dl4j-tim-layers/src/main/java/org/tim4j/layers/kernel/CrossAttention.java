package org.tim4j.layers.kernel;

/**
 * From query products and caption rows to attended values, sample by sample. Keys and values of the
 * caption are made again in the backward; queries are rotated, keys are not.
 */
final class CrossAttention {
  private final int width;
  private final Bias queryBias;
  private final Linear keyValue;
  private final Bias keyValueBias;
  private final HeadRotation queries;
  private final HeadRotation keys;
  private final TiledAttention attention;

  /**
   * @param prefix what stands before {@code qb}, {@code kvW}, … in the parameter names
   */
  CrossAttention(ParameterLayout layout, String prefix, int width, int heads) {
    this.width = width;
    int headDim = width / heads;
    queryBias = new Bias(layout, prefix + "qb");
    keyValue = new Linear(layout, prefix + "kvW");
    keyValueBias = new Bias(layout, prefix + "kvb");
    queries = new HeadRotation(HeadNorm.of(layout, prefix + "q", headDim), width, headDim);
    keys = new HeadRotation(HeadNorm.of(layout, prefix + "k", headDim), width, headDim);
    attention = new TiledAttention(heads, headDim);
  }

  /** The bias of the queries, which the caller adds to their product. */
  Bias queryBias() {
    return queryBias;
  }

  /** Keys (normalised) and values of one sample's caption, and the raw products. */
  private record KeyValue(Rows raw, Rows ready) {}

  private KeyValue keyValue(
      Worker worker, FloatMemory weights, HeadNorm.Affine affine, Rows caption) {
    Rows raw = worker.scratchRows(caption.count(), 2 * width);
    Rows ready = worker.scratchRows(caption.count(), 2 * width);
    keyValue.forward(worker, weights, keyValueBias, caption, raw);
    int mark = worker.markRows();
    float[] row = worker.row(2 * width);
    for (int i = 0; i < caption.count(); i++) {
      raw.read(i, row);
      keys.forward(affine, null, row, 0, i);
      ready.write(i, row);
    }
    worker.releaseRows(mark);
    return new KeyValue(raw, ready);
  }

  private Rows rotated(Worker worker, HeadNorm.Affine affine, Group group, Rows sample) {
    Rows rotated = worker.scratchRows(group.tokens(), width);
    int mark = worker.markRows();
    float[] row = worker.row(width);
    for (int i = 0; i < group.tokens(); i++) {
      sample.read(i, row);
      queries.forward(affine, group.rotary(), row, 0, i);
      rotated.write(i, row);
    }
    worker.releaseRows(mark);
    return rotated;
  }

  /**
   * Fills {@code attended} and {@code logSum}.
   *
   * @param q query products {@code [rows, width]} with their bias
   * @param caption the group's caption rows
   */
  void forward(
      Worker worker,
      FloatMemory weights,
      Group group,
      Rows caption,
      Rows q,
      Rows attended,
      Rows logSum) {
    int rowMark = worker.markRows();
    HeadNorm.Affine query = queries.affine(worker, weights);
    HeadNorm.Affine key = keys.affine(worker, weights);
    int tokens = group.tokens();
    int length = caption.count() / group.samples();
    for (int s = 0; s < group.samples(); s++) {
      int mark = worker.scratch().mark();
      KeyValue kv = keyValue(worker, weights, key, caption.part(s * length, length));
      Rows rotated = rotated(worker, query, group, q.part(s * tokens, tokens));
      attention.forward(
          worker,
          new Heads(rotated, 0),
          new Heads(kv.ready, 0),
          new Heads(kv.ready, width),
          new Heads(attended.part(s * tokens, tokens), 0),
          logSum.part(s * tokens, tokens));
      worker.scratch().release(mark);
    }
    worker.releaseRows(rowMark);
  }

  /** What the forward made and the error at it; see {@link #forward}. */
  record Taped(Rows q, Rows attended, Rows logSum, Rows dAttended) {}

  /** Fills {@code dq} and {@code dCaption} and adds to the gradients. */
  void backward(
      Worker worker,
      FloatMemory weights,
      FloatMemory gradients,
      Group group,
      Rows caption,
      Taped taped,
      Rows dq,
      Rows dCaption) {
    int rowMark = worker.markRows();
    HeadNorm.Affine query = queries.affine(worker, weights);
    HeadNorm.Affine key = keys.affine(worker, weights);
    int tokens = group.tokens();
    int length = caption.count() / group.samples();
    for (int s = 0; s < group.samples(); s++) {
      int mark = worker.scratch().mark();
      Rows text = caption.part(s * length, length);
      Rows sample = taped.q.part(s * tokens, tokens);
      Rows dSample = dq.part(s * tokens, tokens);
      KeyValue kv = keyValue(worker, weights, key, text);
      Rows dKeyValue = worker.scratchRows(length, 2 * width);
      attention.backward(
          worker,
          new AttentionBackward.Inputs(
              new Heads(rotated(worker, query, group, sample), 0),
              new Heads(kv.ready, 0),
              new Heads(kv.ready, width),
              new Heads(taped.attended.part(s * tokens, tokens), 0),
              taped.logSum.part(s * tokens, tokens),
              new Heads(taped.dAttended.part(s * tokens, tokens), 0)),
          new Heads(dSample, 0),
          new Heads(dKeyValue, 0),
          new Heads(dKeyValue, width));
      unrotate(worker, queries, query, group.rotary(), sample, dSample);
      unrotate(worker, keys, key, null, kv.raw, dKeyValue);
      keyValueBias.backward(worker, gradients, dKeyValue);
      keyValue.backwardWeight(worker, gradients, text, dKeyValue);
      keyValue.backwardInput(worker, weights, dKeyValue, dCaption.part(s * length, length), 0f);
      worker.scratch().release(mark);
    }
    queryBias.backward(worker, gradients, dq);
    queries.accumulate(worker, gradients, query);
    keys.accumulate(worker, gradients, key);
    worker.releaseRows(rowMark);
  }

  /** Takes the errors {@code d} of the first heads of rows back to the raw rows, in place. */
  private static void unrotate(
      Worker worker,
      HeadRotation rotation,
      HeadNorm.Affine affine,
      RotaryTable rotary,
      Rows raw,
      Rows d) {
    int mark = worker.markRows();
    float[] row = worker.row(raw.width());
    float[] error = worker.row(raw.width());
    for (int i = 0; i < raw.count(); i++) {
      raw.read(i, row);
      d.read(i, error);
      rotation.backward(affine, rotary, row, error, 0, i);
      d.write(i, error);
    }
    worker.releaseRows(mark);
  }
}
