package org.tim4j.layers.kernel.block;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.attention.Group;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.GatedFeedForward;
import org.tim4j.layers.kernel.nn.GatedResidual;
import org.tim4j.layers.kernel.nn.ModulatedNorm;
import org.tim4j.layers.kernel.nn.Modulation;
import org.tim4j.layers.kernel.thread.Lane;

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
      Lane lane, Group group, Conditions conditions, Matrix x, Matrix[] saved, Matrix y) {
    Modulation modulation = conditions.modulation();
    group.forEachTile(
        (from, count) -> {
          int first = group.firstRow() + from;
          Matrix in = x.rows(from, count);
          Matrix gateValue = saved[GATE_VALUE].rows(from, count);
          Matrix result = saved[RESULT].rows(from, count);
          try (Scratch.Scope scope = lane.open()) {
            Matrix h = scope.matrix(count, width);
            norm.forward(lane, modulation, first, in, h);
            mlp.forward(lane, h, gateValue, result, 0f);
            residual.forward(lane, modulation, first, in, result, y.rows(from, count));
          }
        });
  }

  @Override
  public void backward(
      Lane lane,
      Group group,
      Conditions conditions,
      Conditions errors,
      Matrix x,
      Matrix[] saved,
      Matrix d) {
    Modulation modulation = conditions.modulation();
    Modulation dModulation = errors.modulation();
    group.forEachTile(
        (from, count) -> {
          int first = group.firstRow() + from;
          Matrix in = x.rows(from, count);
          Matrix error = d.rows(from, count);
          Matrix gateValue = saved[GATE_VALUE].rows(from, count);
          Matrix result = saved[RESULT].rows(from, count);
          try (Scratch.Scope scope = lane.open()) {
            Matrix h = scope.matrix(count, width);
            Matrix dh = scope.matrix(count, width);
            residual.backward(lane, modulation, dModulation, first, result, error, result);
            norm.forward(lane, modulation, first, in, h);
            mlp.backward(lane, h, gateValue, result, dh, 0f);
            norm.backward(lane, modulation, dModulation, first, in, dh, error);
          }
        });
  }
}
