package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.nn.SiluChain;
import org.tim4j.layers.kernel.nn.SinusoidRow;
import org.tim4j.layers.kernel.thread.Worker;

/** The time embedding φ: times {@code [batch, 1]} to {@code [batch, D]}. */
public final class TimeEmbeddingKernel extends SampleKernel {
  private final SiluChain chain;
  private final SinusoidRow sinusoid = new SinusoidRow();

  /**
   * @param layout parameters {@code tW1}, {@code tb1}, {@code tW2}, {@code tb2}
   */
  public TimeEmbeddingKernel(ParameterLayout layout) {
    super(layout);
    chain = new SiluChain(layout, ParameterNames.TIME, 2);
  }

  private Rows waves(Share share) {
    Worker worker = share.worker();
    Rows waves = worker.scratchRows(share.samples(), SinusoidRow.WIDTH);
    float[] time = worker.row(1);
    float[] row = worker.row(SinusoidRow.WIDTH);
    for (int i = 0; i < share.samples(); i++) {
      share.input(0).read(i, time);
      sinusoid.forward(time[0], row);
      waves.write(i, row);
    }
    return waves;
  }

  @Override
  public void forward(Share share, FloatTensor output, Keep keep) {
    chain.forward(share.worker(), share.weights(), waves(share), share.part(output));
  }

  @Override
  public void backward(
      Share share,
      FloatMemory gradients,
      FloatTensor outputError,
      FloatTensor[] inputErrors,
      Keep kept) {
    Worker worker = share.worker();
    Rows waves = waves(share);
    Rows dWaves = worker.scratchRows(share.samples(), SinusoidRow.WIDTH);
    chain.backward(worker, share.weights(), gradients, waves, share.part(outputError), dWaves);
    if (inputErrors[0] == null) {
      return;
    }
    float[] slope = worker.row(1);
    float[] wave = worker.row(SinusoidRow.WIDTH);
    float[] dWave = worker.row(SinusoidRow.WIDTH);
    for (int i = 0; i < share.samples(); i++) {
      waves.read(i, wave);
      dWaves.read(i, dWave);
      slope[0] = (float) sinusoid.backward(wave, dWave);
      share.part(inputErrors[0]).write(i, slope);
    }
  }
}
