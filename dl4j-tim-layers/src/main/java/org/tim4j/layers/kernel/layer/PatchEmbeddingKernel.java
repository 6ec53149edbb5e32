package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.LinearMap;
import org.tim4j.layers.kernel.thread.Lane;

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

  private Matrix cut(Share share, Patches patches) {
    Matrix rows = share.scope().matrix(share.samples() * patches.count(), patches.rowLength());
    patches.cut(share.lane().scratch(), share.inputs()[0].memory(), share.from(), rows);
    return rows;
  }

  @Override
  protected void forward(Share share, FloatTensor output, Keep keep) {
    Matrix rows = cut(share, patches(share.inputs()[0]));
    Matrix y = share.part(output);
    map.forward(share.lane(), bias, rows, y);
  }

  @Override
  protected void backward(
      Share share, FloatTensor outputError, FloatTensor[] inputErrors, Keep kept) {
    Lane lane = share.lane();
    Patches patches = patches(share.inputs()[0]);
    Matrix rows = cut(share, patches);
    Matrix dy = share.part(outputError);
    bias.backward(lane, dy);
    map.backwardWeight(lane, rows, dy);
    if (inputErrors[0] != null) {
      map.backwardInput(lane, dy, rows, 0f);
      patches.join(lane.scratch(), rows, inputErrors[0].memory(), share.from());
    }
  }
}
