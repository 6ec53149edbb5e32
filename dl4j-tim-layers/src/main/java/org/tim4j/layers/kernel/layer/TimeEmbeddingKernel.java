package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.nn.SiluChain;
import org.tim4j.layers.kernel.nn.SinusoidRow;
import org.tim4j.layers.kernel.thread.Lane;

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

  private Matrix waves(Share share) {
    Lane lane = share.lane();
    Matrix waves = share.scope().matrix(share.samples(), SinusoidRow.WIDTH);
    float[] time = share.scope().row(1);
    float[] row = share.scope().row(SinusoidRow.WIDTH);
    for (int i = 0; i < share.samples(); i++) {
      share.input(0).read(i, time);
      sinusoid.forward(time[0], row);
      waves.write(i, row);
    }
    return waves;
  }

  @Override
  protected void forward(Share share, FloatTensor output, Keep keep) {
    chain.forward(share.lane(), waves(share), share.part(output));
  }

  @Override
  protected void backward(
      Share share, FloatTensor outputError, FloatTensor[] inputErrors, Keep kept) {
    Lane lane = share.lane();
    Matrix waves = waves(share);
    Matrix dWaves = share.scope().matrix(share.samples(), SinusoidRow.WIDTH);
    chain.backward(lane, waves, share.part(outputError), dWaves);
    if (inputErrors[0] == null) {
      return;
    }
    float[] slope = share.scope().row(1);
    float[] wave = share.scope().row(SinusoidRow.WIDTH);
    float[] dWave = share.scope().row(SinusoidRow.WIDTH);
    for (int i = 0; i < share.samples(); i++) {
      waves.read(i, wave);
      dWaves.read(i, dWave);
      slope[0] = (float) sinusoid.backward(wave, dWave);
      share.part(inputErrors[0]).write(i, slope);
    }
  }
}
