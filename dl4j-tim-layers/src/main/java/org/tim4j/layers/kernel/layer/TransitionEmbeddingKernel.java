package org.tim4j.layers.kernel.layer;

import java.util.ArrayList;
import java.util.List;
import org.tim4j.layers.base.IntervalCondition;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.loops.VectorMath;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.nn.SiluChain;
import org.tim4j.layers.kernel.nn.SinusoidRow;
import org.tim4j.layers.kernel.thread.Worker;

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
  public void forward(Share share, FloatTensor output, Keep keep) {
    Worker worker = share.worker();
    Rows y = share.part(output);
    Rows part = worker.scratchRows(share.samples(), width);
    embed(share, time, part);
    copy(worker, part, y, 0);
    for (int i = 0; i < interval.size(); i++) {
      embed(share, interval.get(i), part);
      if (i == 0) {
        copy(worker, part, y, width);
      } else {
        add(worker, part, y);
      }
    }
  }

  private void embed(Share share, Summand summand, Rows out) {
    Worker worker = share.worker();
    int mark = worker.scratch().mark();
    Rows waves = waves(share, summand);
    summand.chain.forward(worker, share.weights(), waves, out);
    worker.scratch().release(mark);
  }

  private Rows waves(Share share, Summand summand) {
    Worker worker = share.worker();
    int mark = worker.markRows();
    Rows waves = worker.scratchRows(share.samples(), SinusoidRow.WIDTH);
    float[] time = worker.row(1);
    float[] row = worker.row(SinusoidRow.WIDTH);
    for (int i = 0; i < share.samples(); i++) {
      share.input(START).read(i, time);
      double number = (double) summand.startFactor * time[0];
      share.input(END).read(i, time);
      number += (double) summand.endFactor * time[0];
      sinusoid.forward(number, row);
      waves.write(i, row);
    }
    worker.releaseRows(mark);
    return waves;
  }

  @Override
  public void backward(
      Share share,
      FloatMemory gradients,
      FloatTensor outputError,
      FloatTensor[] inputErrors,
      Keep kept) {
    Worker worker = share.worker();
    Rows dy = share.part(outputError);
    Rows error = worker.scratchRows(share.samples(), width);
    for (FloatTensor timeError : inputErrors) {
      if (timeError != null) {
        share.part(timeError).zero();
      }
    }
    take(worker, dy, 0, error);
    backward(share, gradients, time, error, inputErrors);
    take(worker, dy, width, error);
    for (Summand summand : interval) {
      backward(share, gradients, summand, error, inputErrors);
    }
  }

  private void backward(
      Share share, FloatMemory gradients, Summand summand, Rows error, FloatTensor[] timeErrors) {
    Worker worker = share.worker();
    int mark = worker.scratch().mark();
    Rows waves = waves(share, summand);
    Rows dWaves = worker.scratchRows(share.samples(), SinusoidRow.WIDTH);
    summand.chain.backward(worker, share.weights(), gradients, waves, error, dWaves);
    int rowMark = worker.markRows();
    float[] wave = worker.row(SinusoidRow.WIDTH);
    float[] dWave = worker.row(SinusoidRow.WIDTH);
    for (int i = 0; i < share.samples(); i++) {
      waves.read(i, wave);
      dWaves.read(i, dWave);
      double slope = sinusoid.backward(wave, dWave);
      accumulate(share, timeErrors[START], i, summand.startFactor * slope);
      accumulate(share, timeErrors[END], i, summand.endFactor * slope);
    }
    worker.releaseRows(rowMark);
    worker.scratch().release(mark);
  }

  private static void accumulate(Share share, FloatTensor timeError, int sample, double amount) {
    if (timeError == null) {
      return;
    }
    int mark = share.worker().markRows();
    float[] sum = share.worker().row(1);
    Rows rows = share.part(timeError);
    rows.read(sample, sum);
    sum[0] += (float) amount;
    rows.write(sample, sum);
    share.worker().releaseRows(mark);
  }

  private void copy(Worker worker, Rows part, Rows y, int column) {
    int mark = worker.markRows();
    float[] row = worker.row(width);
    for (int i = 0; i < part.count(); i++) {
      part.read(i, row);
      y.write(i, column, row, width);
    }
    worker.releaseRows(mark);
  }

  private void add(Worker worker, Rows part, Rows y) {
    int mark = worker.markRows();
    float[] row = worker.row(width);
    float[] sum = worker.row(width);
    for (int i = 0; i < part.count(); i++) {
      part.read(i, row);
      y.read(i, width, sum, width);
      VectorMath.add(sum, row, width);
      y.write(i, width, sum, width);
    }
    worker.releaseRows(mark);
  }

  private void take(Worker worker, Rows dy, int column, Rows error) {
    int mark = worker.markRows();
    float[] row = worker.row(width);
    for (int i = 0; i < dy.count(); i++) {
      dy.read(i, column, row, width);
      error.write(i, row);
    }
    worker.releaseRows(mark);
  }
}
