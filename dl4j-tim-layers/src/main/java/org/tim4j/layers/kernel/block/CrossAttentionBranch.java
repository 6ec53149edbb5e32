package org.tim4j.layers.kernel.block;

import org.tim4j.layers.base.MethodConstants;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.attention.AttentionForm;
import org.tim4j.layers.kernel.attention.CrossAttentionCore;
import org.tim4j.layers.kernel.attention.Group;
import org.tim4j.layers.kernel.loops.RowNorm;
import org.tim4j.layers.kernel.memory.Columns;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.GatedResidual;
import org.tim4j.layers.kernel.nn.LinearMap;
import org.tim4j.layers.kernel.nn.ModulatedNorm;
import org.tim4j.layers.kernel.nn.Modulation;
import org.tim4j.layers.kernel.thread.Worker;

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

  private static CrossAttentionCore.Taped taped(Rows[] saved) {
    return new CrossAttentionCore.Taped(Columns.of(saved[QUERY]), saved[ATTENDED], saved[LOG_SUM]);
  }

  /** The caption's rows, normalised without affine. */
  private Rows normalized(Worker worker, Rows caption) {
    Rows h = worker.scratchRows(caption.count(), width);
    int mark = worker.markRows();
    float[] row = worker.row(width);
    for (int i = 0; i < caption.count(); i++) {
      caption.read(i, row);
      RowNorm.normalize(row, 0, width, EPSILON);
      h.write(i, row);
    }
    worker.releaseRows(mark);
    return h;
  }

  private void denormalize(Worker worker, Rows caption, Rows dh, Rows dCaption) {
    int mark = worker.markRows();
    float[] row = worker.row(width);
    float[] error = worker.row(width);
    for (int i = 0; i < caption.count(); i++) {
      caption.read(i, row);
      dh.read(i, error);
      float scale = RowNorm.normalize(row, 0, width, EPSILON);
      RowNorm.backward(row, error, 0, width, scale);
      dCaption.write(i, error);
    }
    worker.releaseRows(mark);
  }

  @Override
  public void forward(
      Worker worker, FloatMemory weights, Group group, Rows x, Rows[] saved, Rows y) {
    int mark = worker.scratch().mark();
    Modulation modulation = group.modulation();
    int first = group.firstRow();
    Rows caption = normalized(worker, group.caption());
    Rows h = worker.scratchRows(group.rows(), width);
    norm.forward(worker, modulation, first, x, h);
    attention.forward(worker, weights, group, h, caption, taped(saved));
    projection.forward(worker, weights, saved[ATTENDED], saved[RESULT], 0f);
    residual.forward(worker, weights, modulation, first, x, saved[RESULT], y);
    worker.scratch().release(mark);
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
    int mark = worker.scratch().mark();
    Modulation modulation = group.modulation();
    int first = group.firstRow();
    Rows caption = normalized(worker, group.caption());
    Rows dCaption = worker.scratchRows(caption.count(), width);
    Rows h = worker.scratchRows(group.rows(), width);
    Rows dh = worker.scratchRows(group.rows(), width);
    Rows dAttended = worker.scratchRows(group.rows(), width);
    Rows result = saved[RESULT];
    residual.backward(worker, weights, gradients, modulation, first, result, d, result);
    projection.backwardWeight(worker, gradients, saved[ATTENDED], result);
    projection.backwardInput(worker, weights, result, dAttended, 0f);
    norm.forward(worker, modulation, first, x, h);
    attention.backward(
        worker, weights, gradients, group, h, caption, taped(saved), dAttended, dh, dCaption);
    denormalize(worker, group.caption(), dCaption, group.captionErrors());
    norm.backward(worker, modulation, first, x, dh, d);
    worker.scratch().release(mark);
  }
}
