package org.tim4j.layers.kernel;

/**
 * From query, key and value products to attended values, sample by sample: addition, normalisation
 * per head, rotation, softmax attention.
 */
final class SelfAttention {
  private final int width;
  private final HeadRotation queries;
  private final HeadRotation keys;
  private final TiledAttention attention;

  SelfAttention(ParameterLayout layout, int width, int heads) {
    this.width = width;
    int headDim = width / heads;
    queries = new HeadRotation(HeadNorm.of(layout, "q", headDim), width, headDim);
    keys = new HeadRotation(HeadNorm.of(layout, "k", headDim), width, headDim);
    attention = new TiledAttention(heads, headDim);
  }

  /**
   * Fills {@code attended} and {@code logSum}.
   *
   * @param qkv products {@code [rows, 3 · width]} with the group's additions
   */
  void forward(
      Worker worker, FloatMemory weights, Group group, Rows qkv, Rows attended, Rows logSum) {
    int mark = worker.scratch().mark();
    int rowMark = worker.markRows();
    int tokens = group.tokens();
    Rows rotated = worker.scratchRows(tokens, 2 * width);
    HeadNorm.Affine query = queries.affine(worker, weights);
    HeadNorm.Affine key = keys.affine(worker, weights);
    float[] row = worker.row(2 * width);
    for (int s = 0; s < group.samples(); s++) {
      Rows sample = qkv.part(s * tokens, tokens);
      for (int i = 0; i < tokens; i++) {
        sample.read(i, 0, row, 2 * width);
        queries.forward(query, group.rotary(), row, 0, i);
        keys.forward(key, group.rotary(), row, width, i);
        rotated.write(i, row);
      }
      attention.forward(
          worker,
          new Heads(rotated, 0),
          new Heads(rotated, width),
          new Heads(sample, 2 * width),
          new Heads(attended.part(s * tokens, tokens), 0),
          logSum.part(s * tokens, tokens));
    }
    worker.releaseRows(rowMark);
    worker.scratch().release(mark);
  }

  /**
   * Fills {@code dQkv} and the group's interval errors, and adds to the gradients of the
   * normalisation.
   *
   * @param qkv the same as in the forward
   * @param dAttended error at {@code attended}
   */
  void backward(
      Worker worker,
      FloatMemory weights,
      FloatMemory gradients,
      Group group,
      Rows qkv,
      Rows attended,
      Rows logSum,
      Rows dAttended,
      Rows dQkv) {
    int mark = worker.scratch().mark();
    int rowMark = worker.markRows();
    int tokens = group.tokens();
    Rows rotated = worker.scratchRows(tokens, 2 * width);
    HeadNorm.Affine query = queries.affine(worker, weights);
    HeadNorm.Affine key = keys.affine(worker, weights);
    float[] row = worker.row(2 * width);
    float[] error = worker.row(3 * width);
    for (int s = 0; s < group.samples(); s++) {
      Rows sample = qkv.part(s * tokens, tokens);
      Rows dSample = dQkv.part(s * tokens, tokens);
      for (int i = 0; i < tokens; i++) {
        sample.read(i, 0, row, 2 * width);
        queries.forward(query, group.rotary(), row, 0, i);
        keys.forward(key, group.rotary(), row, width, i);
        rotated.write(i, row);
      }
      attention.backward(
          worker,
          new AttentionBackward.Inputs(
              new Heads(rotated, 0),
              new Heads(rotated, width),
              new Heads(sample, 2 * width),
              new Heads(attended.part(s * tokens, tokens), 0),
              logSum.part(s * tokens, tokens),
              new Heads(dAttended.part(s * tokens, tokens), 0)),
          new Heads(dSample, 0),
          new Heads(dSample, width),
          new Heads(dSample, 2 * width));
      int sumMark = worker.markRows();
      float[] sum = worker.zeroRow(3 * width);
      for (int i = 0; i < tokens; i++) {
        sample.read(i, 0, row, 2 * width);
        dSample.read(i, error);
        queries.backward(query, group.rotary(), row, error, 0, i);
        keys.backward(key, group.rotary(), row, error, width, i);
        VectorMath.add(sum, error, 3 * width);
        dSample.write(i, error);
      }
      group.intervalErrors().write(s, sum);
      worker.releaseRows(sumMark);
    }
    queries.accumulate(worker, gradients, query);
    keys.accumulate(worker, gradients, key);
    worker.releaseRows(rowMark);
    worker.scratch().release(mark);
  }
}
