package org.tim4j.layers.kernel.block;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.attention.Group;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.GatedFeedForward;
import org.tim4j.layers.kernel.nn.GatedResidual;
import org.tim4j.layers.kernel.nn.ModulatedNorm;
import org.tim4j.layers.kernel.nn.Modulation;
import org.tim4j.layers.kernel.thread.Worker;

/** The gated SwiGLU branch of a block. */
final class MlpBranch implements Branch {
  private static final int GATE_VALUE = 0;
  private static final int RESULT = 1;

  private final ModulatedNorm norm;
  private final GatedFeedForward mlp;
  private final GatedResidual residual;
  private final int width;

  /**
   * @param position place of the branch in the block, from 0
   */
  MlpBranch(ParameterLayout layout, int position) {
    norm = new ModulatedNorm(position * CHUNKS);
    mlp = new GatedFeedForward(layout, ParameterNames.MLP);
    Bias bias = new Bias(layout, ParameterNames.bias(ParameterNames.MLP, 2));
    residual = new GatedResidual(position * CHUNKS + 2, bias);
    width = mlp.out();
  }

  @Override
  public int[] savedWidths() {
    return new int[] {mlp.keptWidth(), width};
  }

  @Override
  public void forward(
      Worker worker, FloatMemory weights, Group group, Rows x, Rows[] saved, Rows y) {
    group.forEachTile(
        (from, count) -> {
          int mark = worker.scratch().mark();
          Rows in = x.part(from, count);
          Rows result = saved[RESULT].part(from, count);
          Rows h = worker.scratchRows(count, width);
          int first = group.firstRow() + from;
          norm.forward(worker, group.modulation(), first, in, h);
          mlp.forward(worker, weights, h, saved[GATE_VALUE].part(from, count), result, 0f);
          residual.forward(
              worker, weights, group.modulation(), first, in, result, y.part(from, count));
          worker.scratch().release(mark);
        });
  }

  @Override
  public void backward(
      Worker worker,
      FloatMemory weights,
      FloatMemory gradients,
      Group group,
      Rows x,
      Rows[] saved,
      Rows d) {
    group.forEachTile(
        (from, count) -> {
          int mark = worker.scratch().mark();
          Rows in = x.part(from, count);
          Rows error = d.part(from, count);
          Rows h = worker.scratchRows(count, width);
          Rows dh = worker.scratchRows(count, width);
          Modulation modulation = group.modulation();
          int first = group.firstRow() + from;
          Rows result = saved[RESULT].part(from, count);
          residual.backward(worker, weights, gradients, modulation, first, result, error, result);
          norm.forward(worker, modulation, first, in, h);
          Rows gateValue = saved[GATE_VALUE].part(from, count);
          mlp.backward(worker, weights, gradients, h, gateValue, result, dh, 0f);
          norm.backward(worker, modulation, first, in, dh, error);
          worker.scratch().release(mark);
        });
  }
}
