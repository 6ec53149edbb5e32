package org.tim4j.layers.kernel.loops;

import org.tim4j.layers.kernel.memory.Matrix;

/**
 * Loops of heads that take a vector of tokens through all values of a head. The last vector of a
 * run of tokens that is not a whole number of vectors begins so early that it ends with the run,
 * and makes some tokens again; runs shorter than a vector take portable loops.
 */
final class VectorHeadLoops implements HeadLoops {
  private final HeadLoops odd = new ArrayHeadLoops();

  /** Whether all runs of tokens are long enough. */
  private static boolean suits(Heads heads, Raw raw) {
    int tokens = raw.tokensPerSample();
    if (heads.rotary() == null) {
      return tokens >= Vectors.LENGTH;
    }
    int run = heads.rotary().run(0);
    return (tokens % run == 0 ? run : tokens % run) >= Vectors.LENGTH;
  }

  private static int run(Heads heads, int token, int tokens) {
    return heads.rotary() == null ? tokens : heads.rotary().run(token);
  }

  @Override
  public void forward(Scratch scratch, Heads heads, Raw raw, Matrix ready) {
    if (!suits(heads, raw)) {
      odd.forward(scratch, heads, raw, ready);
      return;
    }
    try (Scratch.Scope scope = scratch.open()) {
      HeadBlock block = new HeadBlock(scope, heads, raw);
      int tokens = raw.tokensPerSample();
      int n;
      for (int token = 0; token < ready.columns(); token += n) {
        n = run(heads, token, tokens);
        block.begin(token);
        int last = token + n - Vectors.LENGTH;
        for (int at = 0; at < ready.rows(); at += heads.headDim()) {
          for (int j = token; j < token + n; j += Vectors.LENGTH) {
            block.forward(at, Math.min(j, last), ready);
          }
        }
      }
    }
  }

  @Override
  public void backward(Scratch scratch, Heads heads, Raw raw, Matrix d) {
    if (!suits(heads, raw)) {
      odd.backward(scratch, heads, raw, d);
      return;
    }
    if (heads.affine() == null && heads.rotary() == null) {
      return;
    }
    try (Scratch.Scope scope = scratch.open()) {
      HeadBlock block = new HeadBlock(scope, heads, raw);
      HeadBlock tail = new HeadBlock(scope, heads, raw);
      int tokens = raw.tokensPerSample();
      int n;
      for (int token = 0; token < d.columns(); token += n) {
        n = run(heads, token, tokens);
        block.begin(token);
        tail.begin(token);
        int last = token + n - Vectors.LENGTH;
        int whole = token + n / Vectors.LENGTH * Vectors.LENGTH;
        boolean ragged = whole < token + n;
        for (int at = 0; at < d.rows(); at += heads.headDim()) {
          // The tail reads errors that another block is about to overwrite.
          if (ragged) {
            tail.prepare(at, last, whole - last, d);
          }
          for (int j = token; j < whole; j += Vectors.LENGTH) {
            block.prepare(at, j, 0, d);
            block.finish(at, j, d);
          }
          if (ragged) {
            tail.finish(at, last, d);
          }
        }
      }
    }
  }
}
