package org.tim4j.layers.kernel.loops;

import java.util.Arrays;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.Padding;

/** Portable loops of heads, a strip of tokens at a time. */
final class ArrayHeadLoops implements HeadLoops {
  /** Three numbers for each token of a strip, and an addition for each. */
  private record Strip(float[] mean, float[] scale, float[] slope, float[] addition) {
    static Strip take(Scratch.Scope scope, int headDim) {
      int tokens = HeadStrip.length(headDim);
      return new Strip(scope.row(tokens), scope.row(tokens), scope.row(tokens), scope.row(tokens));
    }
  }

  private static int stripLength(Heads heads, int token, int count) {
    RotaryTable rotary = heads.rotary();
    int longest = rotary == null ? HeadStrip.length(heads.headDim()) : rotary.stripLength(token);
    return Math.min(longest, count - token);
  }

  @Override
  public void forward(Scratch scratch, Heads heads, Raw raw, Matrix ready) {
    try (Scratch.Scope scope = scratch.open()) {
      HeadStrip head = new HeadStrip(scope, heads.headDim());
      Strip strip = Strip.take(scope, heads.headDim());
      float[] additions = additions(scope, raw);
      int n;
      for (int token = 0; token < ready.columns(); token += n) {
        n = stripLength(heads, token, ready.columns());
        for (int at = 0; at < ready.rows(); at += heads.headDim()) {
          head.read(raw.values(), at, token, n);
          add(raw, additions, at, token, head, strip.addition);
          normalize(heads.affine(), head, strip);
          if (heads.rotary() != null) {
            heads.rotary().rotate(head, token);
          }
          head.write(ready, at, token);
        }
      }
    }
  }

  /** The additions of all samples, one behind the other. */
  private static float[] additions(Scratch.Scope scope, Raw raw) {
    int samples = raw.additions().rows();
    int height = raw.values().rows();
    float[] all = scope.row(samples * height);
    float[] row = scope.row(height);
    for (int s = 0; s < samples; s++) {
      raw.readAddition(s, row);
      System.arraycopy(row, 0, all, s * height, height);
    }
    return all;
  }

  private static void add(
      Raw raw, float[] additions, int at, int token, HeadStrip head, float[] addition) {
    int tokens = raw.tokensPerSample();
    int end = token + head.count();
    for (int d = 0; d < head.size(); d++) {
      int next;
      for (int from = token; from < end; from = next) {
        int sample = from / tokens;
        next = Math.min(end, (sample + 1) * tokens);
        float value = additions[sample * raw.values().rows() + at + d];
        Arrays.fill(addition, from - token, next - token, value);
      }
      VectorMath.add(head.value(d), addition, head.count());
    }
  }

  private static void normalize(Affine affine, HeadStrip head, Strip strip) {
    if (affine == null) {
      return;
    }
    center(head, strip);
    for (int d = 0; d < head.size(); d++) {
      scale(head.value(d), strip.scale, affine.gain()[d], affine.bias()[d], head.count());
    }
  }

  /** Subtracts the mean of each head and leaves {@code 1 / sqrt(variance + ε)} as its scale. */
  private static void center(HeadStrip head, Strip strip) {
    int n = head.count();
    Arrays.fill(strip.mean, 0, n, 0f);
    Arrays.fill(strip.scale, 0, n, 0f);
    for (int d = 0; d < head.size(); d++) {
      VectorMath.add(strip.mean, head.value(d), n);
    }
    VectorMath.scale(strip.mean, 1f / head.size(), n);
    for (int d = 0; d < head.size(); d++) {
      center(head.value(d), strip.mean, strip.scale, n);
    }
    inverseRoot(strip.scale, 1f / head.size(), n);
  }

  private static void center(float[] x, float[] mean, float[] squares, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[i] - mean[i];
      x[i] = v;
      squares[i] = Math.fma(v, v, squares[i]);
    }
  }

  private static void inverseRoot(float[] squares, float part, int n) {
    for (int i = 0; i < n; i++) {
      squares[i] = 1f / (float) Math.sqrt(squares[i] * part + EPSILON);
    }
  }

  private static void scale(float[] x, float[] scale, float gain, float bias, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.fma(x[i] * scale[i], gain, bias);
    }
  }

  @Override
  public void backward(Scratch scratch, Heads heads, Raw raw, Matrix d) {
    if (heads.affine() == null && heads.rotary() == null) {
      return;
    }
    try (Scratch.Scope scope = scratch.open()) {
      HeadStrip head = new HeadStrip(scope, heads.headDim());
      HeadStrip error = new HeadStrip(scope, heads.headDim());
      Strip strip = Strip.take(scope, heads.headDim());
      float[] additions = additions(scope, raw);
      int n;
      for (int token = 0; token < d.columns(); token += n) {
        n = stripLength(heads, token, d.columns());
        for (int at = 0; at < d.rows(); at += heads.headDim()) {
          error.read(d, at, token, n);
          if (heads.rotary() != null) {
            heads.rotary().rotateBack(error, token);
          }
          if (heads.affine() != null) {
            head.read(raw.values(), at, token, n);
            add(raw, additions, at, token, head, strip.addition);
            normalizeBackward(heads.affine(), head, error, strip);
          }
          error.write(d, at, token);
        }
      }
    }
  }

  /**
   * Turns the errors of heads into the errors at their input.
   *
   * @param head the heads before normalisation; overwritten
   */
  private static void normalizeBackward(
      Affine affine, HeadStrip head, HeadStrip error, Strip strip) {
    int n = head.count();
    center(head, strip);
    Arrays.fill(strip.mean, 0, n, 0f);
    Arrays.fill(strip.slope, 0, n, 0f);
    for (int d = 0; d < head.size(); d++) {
      float[] x = head.value(d);
      float[] e = error.value(d);
      VectorMath.multiply(x, strip.scale, n);
      affine.dGain()[d * Padding.LANES] += VectorMath.dot(e, 0, x, 0, n);
      affine.dBias()[d * Padding.LANES] += VectorMath.sum(e, 0, n);
      scaleAndSum(e, x, affine.gain()[d], strip.mean, strip.slope, n);
    }
    VectorMath.scale(strip.mean, 1f / head.size(), n);
    VectorMath.scale(strip.slope, 1f / head.size(), n);
    for (int d = 0; d < head.size(); d++) {
      uncenter(error.value(d), head.value(d), strip.scale, strip.mean, strip.slope, n);
    }
  }

  private static void scaleAndSum(
      float[] e, float[] x, float gain, float[] sum, float[] products, int n) {
    for (int i = 0; i < n; i++) {
      float v = e[i] * gain;
      e[i] = v;
      sum[i] += v;
      products[i] = Math.fma(v, x[i], products[i]);
    }
  }

  private static void uncenter(
      float[] e, float[] x, float[] scale, float[] mean, float[] slope, int n) {
    for (int i = 0; i < n; i++) {
      e[i] = scale[i] * (e[i] - mean[i] - x[i] * slope[i]);
    }
  }
}
