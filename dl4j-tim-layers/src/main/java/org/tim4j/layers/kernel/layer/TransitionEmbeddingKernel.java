package org.tim4j.layers.kernel.layer;

import java.util.ArrayList;
import java.util.List;
import org.tim4j.layers.base.IntervalCondition;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.loops.VectorMath;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.nn.SiluChain;
import org.tim4j.layers.kernel.nn.SinusoidRow;
import org.tim4j.layers.kernel.thread.Lane;

/**
 * Times t and r, each {@code [batch, 1]}, to {@code [φ(t) | ΔE(t, r)]}, {@code [batch, 2 D]}, where
 * ΔE is a sum of embeddings of t, r or t − r.
 */
public final class TransitionEmbeddingKernel extends SampleKernel {
  private static final int START = 0;
  private static final int END = 1;

  /**
   * One summand: what {@code chain} makes of {@code startFactor · t + endFactor · r}.
   *
   * @param chain φ or ψ
   */
  private record Summand(SiluChain chain, int startFactor, int endFactor) {}

  private final Summand time;
  private final List<Summand> interval = new ArrayList<>();
  private final SinusoidRow sinusoid = new SinusoidRow();
  private final int width;

  /**
   * @param layout the layer's parameters
   * @param condition what is added up to ΔE
   * @param separate whether ψ has parameters of its own rather than φ's
   */
  public TransitionEmbeddingKernel(
      ParameterLayout layout, IntervalCondition condition, boolean separate) {
    super(layout);
    SiluChain phi = new SiluChain(layout, ParameterNames.TIME, 2);
    SiluChain psi = separate ? new SiluChain(layout, ParameterNames.OWN_TIME, 2) : phi;
    time = new Summand(phi, 1, 0);
    boolean difference = condition.embedsDifference();
    interval.add(new Summand(psi, difference ? 1 : 0, difference ? -1 : 1));
    if (condition.addsStart()) {
      interval.add(time);
    }
    if (condition.addsEnd()) {
      interval.add(new Summand(phi, 0, 1));
    }
    width = phi.out();
  }

  @Override
  protected void forward(Share share, FloatTensor output, Keep keep) {
    Matrix y = share.part(output);
    embed(share, time, y.columns(0, width));
    Matrix sum = y.columns(width, width);
    embed(share, interval.get(0), sum);
    Matrix part = share.scope().matrix(share.samples(), width);
    for (Summand summand : interval.subList(1, interval.size())) {
      embed(share, summand, part);
      add(share.lane(), part, sum);
    }
  }

  private void embed(Share share, Summand summand, Matrix out) {
    try (Scratch.Scope scope = share.lane().open()) {
      Matrix waves = scope.matrix(share.samples(), SinusoidRow.WIDTH);
      fillWaves(share, summand, waves);
      summand.chain.forward(share.lane(), waves, out);
    }
  }

  private void fillWaves(Share share, Summand summand, Matrix waves) {
    try (Scratch.Scope scope = share.lane().open()) {
      float[] number = scope.row(1);
      float[] row = scope.row(SinusoidRow.WIDTH);
      for (int i = 0; i < share.samples(); i++) {
        share.input(START).read(i, number);
        double value = (double) summand.startFactor * number[0];
        share.input(END).read(i, number);
        value += (double) summand.endFactor * number[0];
        sinusoid.forward(value, row);
        waves.write(i, row);
      }
    }
  }

  private static void add(Lane lane, Matrix part, Matrix sum) {
    try (Scratch.Scope scope = lane.open()) {
      float[] row = scope.row(part.columns());
      float[] total = scope.row(part.columns());
      for (int i = 0; i < part.rows(); i++) {
        part.read(i, row);
        sum.read(i, total);
        VectorMath.add(total, row, part.columns());
        sum.write(i, total);
      }
    }
  }

  @Override
  protected void backward(
      Share share, FloatTensor outputError, FloatTensor[] inputErrors, Keep kept) {
    Matrix dy = share.part(outputError);
    Matrix[] timeErrors = {
      share.partOrNull(inputErrors[START]), share.partOrNull(inputErrors[END])
    };
    for (Matrix timeError : timeErrors) {
      if (timeError != null) {
        timeError.zero();
      }
    }
    backward(share, time, dy.columns(0, width), timeErrors);
    for (Summand summand : interval) {
      backward(share, summand, dy.columns(width, width), timeErrors);
    }
  }

  private void backward(Share share, Summand summand, Matrix error, Matrix[] timeErrors) {
    try (Scratch.Scope scope = share.lane().open()) {
      Matrix waves = scope.matrix(share.samples(), SinusoidRow.WIDTH);
      Matrix dWaves = scope.matrix(share.samples(), SinusoidRow.WIDTH);
      float[] wave = scope.row(SinusoidRow.WIDTH);
      float[] dWave = scope.row(SinusoidRow.WIDTH);
      float[] sum = scope.row(1);
      fillWaves(share, summand, waves);
      summand.chain.backward(share.lane(), waves, error, dWaves);
      for (int i = 0; i < share.samples(); i++) {
        waves.read(i, wave);
        dWaves.read(i, dWave);
        double slope = sinusoid.backward(wave, dWave);
        accumulate(timeErrors[START], i, summand.startFactor * slope, sum);
        accumulate(timeErrors[END], i, summand.endFactor * slope, sum);
      }
    }
  }

  private static void accumulate(Matrix timeError, int sample, double amount, float[] sum) {
    if (timeError != null) {
      timeError.read(sample, sum);
      sum[0] += (float) amount;
      timeError.write(sample, sum);
    }
  }
}
