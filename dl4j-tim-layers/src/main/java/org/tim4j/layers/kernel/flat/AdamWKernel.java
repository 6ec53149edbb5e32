package org.tim4j.layers.kernel.flat;

import java.lang.ref.Reference;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.loops.VectorMath;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.thread.Parallelism;

/**
 * AdamW, clipping and the moving average of parameters in one pass over flat memory, after one pass
 * that only reads the gradient for its norm.
 *
 * <p>Order of an update: {@code p *= keep; m = β₁m + (1−β₁)g; v = β₂v + (1−β₂)g²; p −= rate · m /
 * (√(v · scale) + ε); average = decay · average + (1 − decay) p}, where {@code g} is the clipped
 * gradient (Loshchilov and Hutter, "Decoupled weight decay regularization", 2019).
 */
public final class AdamWKernel {
  /** Elements handled at once; a sum over a strip stays accurate in single precision. */
  private static final int STRIP = 1024;

  private AdamWKernel() {}

  /**
   * Numbers of one update.
   *
   * @param clip factor of the gradient
   * @param keep factor of the parameters, {@code 1 − lr · weight decay}
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param rate learning rate over the bias correction of the first moment
   * @param scale one over the bias correction of the second moment
   * @param epsilon added to the root
   * @param decay decay of the moving average
   */
  public record Rates(
      float clip,
      float keep,
      float beta1,
      float beta2,
      float rate,
      float scale,
      float epsilon,
      float decay) {}

  /**
   * What an update changes, all of one length.
   *
   * @param parameters weights of the network
   * @param firstMoment running mean of the gradient
   * @param secondMoment running mean of its square
   * @param average moving average of the parameters
   */
  public record State(
      FloatMemory parameters,
      FloatMemory firstMoment,
      FloatMemory secondMoment,
      FloatMemory average) {}

  /** Sum of squares, added up in an order that does not depend on the number of threads. */
  public static double sumOfSquares(Parallelism parallelism, FloatMemory x) {
    double[] sums = new double[strips(x)];
    parallelism.run(
        sums.length,
        (worker, from, to) -> {
          try (Scratch.Scope scope = worker.scratch().open()) {
            float[] row = scope.row(STRIP);
            for (int i = from; i < to; i++) {
              int count = length(x, i);
              x.read((long) i * STRIP, row, count);
              sums[i] = VectorMath.dot(row, 0, row, 0, count);
            }
          }
        });
    Reference.reachabilityFence(x);
    double total = 0;
    for (double sum : sums) {
      total += sum;
    }
    return total;
  }

  /** Makes one update; the gradient is only read. */
  public static void update(
      Parallelism parallelism, State state, FloatMemory gradient, Rates rates) {
    parallelism.run(
        strips(gradient),
        (worker, from, to) -> {
          try (Scratch.Scope scope = worker.scratch().open()) {
            float[] p = scope.row(STRIP);
            float[] m = scope.row(STRIP);
            float[] v = scope.row(STRIP);
            float[] e = scope.row(STRIP);
            float[] g = scope.row(STRIP);
            for (int i = from; i < to; i++) {
              long at = (long) i * STRIP;
              int count = length(gradient, i);
              gradient.read(at, g, count);
              state.firstMoment.read(at, m, count);
              state.secondMoment.read(at, v, count);
              moments(rates, g, m, v, count);
              state.firstMoment.write(at, m, count);
              state.secondMoment.write(at, v, count);
              state.parameters.read(at, p, count);
              state.average.read(at, e, count);
              move(rates, p, m, v, e, count);
              state.parameters.write(at, p, count);
              state.average.write(at, e, count);
            }
          }
        });
    Reference.reachabilityFence(state);
    Reference.reachabilityFence(gradient);
  }

  private static void moments(Rates rates, float[] g, float[] m, float[] v, int n) {
    float clip = rates.clip;
    float beta1 = rates.beta1;
    float beta2 = rates.beta2;
    float new1 = 1f - beta1;
    float new2 = 1f - beta2;
    for (int i = 0; i < n; i++) {
      float c = g[i] * clip;
      m[i] = m[i] * beta1 + c * new1;
      v[i] = v[i] * beta2 + c * c * new2;
    }
  }

  private static void move(Rates rates, float[] p, float[] m, float[] v, float[] e, int n) {
    float keep = rates.keep;
    float rate = rates.rate;
    float scale = rates.scale;
    float epsilon = rates.epsilon;
    float decay = rates.decay;
    float follow = 1f - decay;
    for (int i = 0; i < n; i++) {
      float moved = p[i] * keep - rate * m[i] / ((float) Math.sqrt(v[i] * scale) + epsilon);
      p[i] = moved;
      e[i] = e[i] * decay + moved * follow;
    }
  }

  private static int strips(FloatMemory x) {
    return (x.length() + STRIP - 1) / STRIP;
  }

  private static int length(FloatMemory x, int strip) {
    return Math.min(STRIP, x.length() - strip * STRIP);
  }
}
