package org.tim4j.layers.kernel.block;

import org.tim4j.layers.base.MethodConstants;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.attention.AttentionForm;
import org.tim4j.layers.kernel.attention.CrossAttentionCore;
import org.tim4j.layers.kernel.attention.Group;
import org.tim4j.layers.kernel.loops.RowNorm;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.GatedResidual;
import org.tim4j.layers.kernel.nn.LinearMap;
import org.tim4j.layers.kernel.nn.ModulatedNorm;
import org.tim4j.layers.kernel.nn.Modulation;
import org.tim4j.layers.kernel.thread.Lane;

/** The gated branch of a block that attends to the caption. */
final class CrossAttentionBranch implements Branch {
  private static final float EPSILON = (float) MethodConstants.PLAIN_EPSILON;
  private static final int QUERY = 0;
  private static final int ATTENDED = 1;
  private static final int RESULT = 2;
  private static final int LOG_SUM = 3;

  private final ModulatedNorm norm;
  private final CrossAttentionCore attention;
  private final LinearMap projection;
  private final GatedResidual residual;
  private final int width;
  private final int heads;

  /**
   * @param position place of the branch in the block, from 0
   */
  CrossAttentionBranch(ParameterLayout layout, int position, AttentionForm form) {
    norm = new ModulatedNorm(position * CHUNKS);
    heads = form.heads();
    attention = new CrossAttentionCore(layout, ParameterNames.CROSS, form);
    width = attention.width();
    String name = ParameterNames.CROSS + ParameterNames.PROJECTION;
    projection = new LinearMap(layout, ParameterNames.weight(name));
    Bias bias = new Bias(layout, ParameterNames.bias(name));
    residual = new GatedResidual(position * CHUNKS + 2, bias);
  }

  @Override
  public int[] savedWidths() {
    return new int[] {width, width, width, heads};
  }

  private static CrossAttentionCore.Taped taped(Matrix[] saved) {
    Matrix q = saved[QUERY];
    return new CrossAttentionCore.Taped(
        q.reshaped(q.columns(), q.rows()), saved[ATTENDED], saved[LOG_SUM]);
  }

  /** Fills {@code h} with the caption's rows, normalised without affine. */
  private void normalize(Lane lane, Matrix caption, Matrix h) {
    try (Scratch.Scope scope = lane.open()) {
      float[] row = scope.row(width);
      for (int i = 0; i < caption.rows(); i++) {
        caption.read(i, row);
        RowNorm.normalize(row, 0, width, EPSILON);
        h.write(i, row);
      }
    }
  }

  private void normalizeBackward(Lane lane, Matrix caption, Matrix dh, Matrix dCaption) {
    try (Scratch.Scope scope = lane.open()) {
      float[] row = scope.row(width);
      float[] error = scope.row(width);
      for (int i = 0; i < caption.rows(); i++) {
        caption.read(i, row);
        dh.read(i, error);
        float scale = RowNorm.normalize(row, 0, width, EPSILON);
        RowNorm.backward(row, error, 0, width, scale);
        dCaption.write(i, error);
      }
    }
  }

  @Override
  public void forward(
      Lane lane, Group group, Conditions conditions, Matrix x, Matrix[] saved, Matrix y) {
    Modulation modulation = conditions.modulation();
    int first = group.firstRow();
    try (Scratch.Scope scope = lane.open()) {
      Matrix raw = conditions.caption().rows();
      Matrix caption = scope.matrix(raw.rows(), width);
      Matrix h = scope.matrix(group.rows(), width);
      normalize(lane, raw, caption);
      norm.forward(lane, modulation, first, x, h);
      attention.forward(lane, group, h, conditions.caption().with(caption), taped(saved));
      projection.forward(lane, saved[ATTENDED], saved[RESULT], 0f);
      residual.forward(lane, modulation, first, x, saved[RESULT], y);
    }
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
    int first = group.firstRow();
    try (Scratch.Scope scope = lane.open()) {
      Matrix raw = conditions.caption().rows();
      Matrix caption = scope.matrix(raw.rows(), width);
      Matrix dCaption = scope.matrix(caption.rows(), width);
      Matrix h = scope.matrix(group.rows(), width);
      Matrix dh = scope.matrix(group.rows(), width);
      Matrix dAttended = scope.matrix(group.rows(), width);
      Matrix result = saved[RESULT];
      normalize(lane, raw, caption);
      residual.backward(lane, modulation, errors.modulation(), first, result, d, result);
      projection.backwardWeight(lane, saved[ATTENDED], result);
      projection.backwardInput(lane, result, dAttended, 0f);
      norm.forward(lane, modulation, first, x, h);
      var dInputs = new CrossAttentionCore.Errors(dh, dCaption, dAttended);
      attention.backward(lane, group, h, conditions.caption().with(caption), taped(saved), dInputs);
      normalizeBackward(lane, raw, dCaption, errors.caption().rows());
      norm.backward(lane, modulation, errors.modulation(), first, x, dh, d);
    }
  }
}
