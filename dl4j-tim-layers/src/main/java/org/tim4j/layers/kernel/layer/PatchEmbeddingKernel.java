package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.LinearMap;
import org.tim4j.layers.kernel.thread.Worker;

/** Pictures {@code [batch, channels, height, width]} to tokens {@code [batch, h, w, D]}. */
public final class PatchEmbeddingKernel extends SampleKernel {
  private final LinearMap map;
  private final Bias bias;
  private final int patch;

  /**
   * @param layout parameters {@code W} (rows in the order channel, row, column) and {@code b}
   * @param patch side of a patch
   */
  public PatchEmbeddingKernel(ParameterLayout layout, int patch) {
    super(layout);
    map = new LinearMap(layout, ParameterNames.weight(ParameterNames.SOLE));
    bias = new Bias(layout, ParameterNames.bias(ParameterNames.SOLE));
    this.patch = patch;
  }

  private Patches patches(FloatTensor pictures) {
    return new Patches(
        pictures.size(1), pictures.size(2), pictures.size(3), patch, Patches.Order.CHANNEL_FIRST);
  }

  private Rows cut(Share share, Patches patches) {
    Rows rows = share.worker().scratchRows(share.samples() * patches.count(), patches.rowLength());
    patches.cut(share.worker(), share.inputs()[0].memory(), share.from(), rows);
    return rows;
  }

  @Override
  public void forward(Share share, FloatTensor output, Keep keep) {
    Rows rows = cut(share, patches(share.inputs()[0]));
    Rows y = share.part(output);
    map.forward(share.worker(), share.weights(), bias, rows, y);
  }

  @Override
  public void backward(
      Share share,
      FloatMemory gradients,
      FloatTensor outputError,
      FloatTensor[] inputErrors,
      Keep kept) {
    Worker worker = share.worker();
    Patches patches = patches(share.inputs()[0]);
    Rows rows = cut(share, patches);
    Rows dy = share.part(outputError);
    bias.backward(worker, gradients, dy);
    map.backwardWeight(worker, gradients, rows, dy);
    if (inputErrors[0] != null) {
      map.backwardInput(worker, share.weights(), dy, rows, 0f);
      patches.join(worker, rows, inputErrors[0].memory(), share.from());
    }
  }
}
