package org.tim4j.layers.kernel;

/**
 * From query, key and value products to attended values, sample by sample: addition, normalisation
 * per head, rotation, softmax attention.
 */
final class SelfAttention {
  private final int width;
  private final int heads;
  private final int headDim;
  private final HeadNorm queryNorm;
  private final HeadNorm keyNorm;
  private final TiledAttention attention;

  SelfAttention(ParameterLayout layout, int width, int heads) {
    this.width = width;
    this.heads = heads;
    headDim = width / heads;
    queryNorm = new HeadNorm(layout, "q", headDim);
    keyNorm = new HeadNorm(layout, "k", headDim);
    attention = new TiledAttention(heads, headDim);
  }

  /**
   * Completes {@code qkv} by the group's additions and fills {@code attended} and {@code logSum}.
   *
   * @param qkv products {@code [rows, 3 · width]}
   */
  void forward(
      Worker worker, FloatMemory weights, Group group, Rows qkv, Rows attended, Rows logSum) {
    int mark = worker.scratch().mark();
    int rowMark = worker.markRows();
    int tokens = group.tokens();
    Rows rotated = worker.scratchRows(tokens, 2 * width);
    HeadNorm.Affine query = queryNorm.affine(worker, weights);
    HeadNorm.Affine key = keyNorm.affine(worker, weights);
    float[] addition = worker.row(3 * width);
    float[] row = worker.row(3 * width);
    for (int s = 0; s < group.samples(); s++) {
      Rows sample = qkv.part(s * tokens, tokens);
      group.interval().read(s, addition);
      for (int i = 0; i < tokens; i++) {
        sample.read(i, row);
        VectorMath.add(row, addition, 3 * width);
        sample.write(i, row);
        rotate(query, key, group.rotary(), row, i);
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

  /** Normalises and rotates the query and key parts of a row in place. */
  private void rotate(
      HeadNorm.Affine query, HeadNorm.Affine key, RotaryTable rotary, float[] row, int token) {
    for (int h = 0; h < heads; h++) {
      int q = h * headDim;
      int k = width + q;
      queryNorm.forward(query, row, q);
      rotary.rotate(row, q, token);
      keyNorm.forward(key, row, k);
      rotary.rotate(row, k, token);
    }
  }

  /**
   * Fills {@code dQkv} and the group's interval errors, and adds to the gradients of the
   * normalisation.
   *
   * @param qkv completed products, as the forward left them
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
    HeadNorm.Affine query = queryNorm.affine(worker, weights);
    HeadNorm.Affine key = keyNorm.affine(worker, weights);
    float[] row = worker.row(2 * width);
    float[] error = worker.row(3 * width);
    for (int s = 0; s < group.samples(); s++) {
      Rows sample = qkv.part(s * tokens, tokens);
      Rows dSample = dQkv.part(s * tokens, tokens);
      for (int i = 0; i < tokens; i++) {
        sample.read(i, 0, row, 2 * width);
        rotate(query, key, group.rotary(), row, i);
        rotated.write(i, row);
      }
      attention.backward(
          worker,
          new Heads(rotated, 0),
          new Heads(rotated, width),
          new Heads(sample, 2 * width),
          new Heads(attended.part(s * tokens, tokens), 0),
          logSum.part(s * tokens, tokens),
          new Heads(dAttended.part(s * tokens, tokens), 0),
          new Heads(dSample, 0),
          new Heads(dSample, width),
          new Heads(dSample, 2 * width));
      int sumMark = worker.markRows();
      float[] sum = worker.zeroRow(3 * width);
      for (int i = 0; i < tokens; i++) {
        sample.read(i, 0, row, 2 * width);
        dSample.read(i, error);
        rotateBack(query, key, group.rotary(), row, error, i);
        VectorMath.add(sum, error, 3 * width);
        dSample.write(i, error);
      }
      group.intervalErrors().write(s, sum);
      worker.releaseRows(sumMark);
    }
    queryNorm.accumulate(worker, gradients, query);
    keyNorm.accumulate(worker, gradients, key);
    worker.releaseRows(rowMark);
    worker.scratch().release(mark);
  }

  private void rotateBack(
      HeadNorm.Affine query,
      HeadNorm.Affine key,
      RotaryTable rotary,
      float[] row,
      float[] error,
      int token) {
    for (int h = 0; h < heads; h++) {
      int q = h * headDim;
      int k = width + q;
      rotary.rotateBack(error, q, token);
      queryNorm.backward(query, row, error, q);
      rotary.rotateBack(error, k, token);
      keyNorm.backward(key, row, error, k);
    }
  }
}
