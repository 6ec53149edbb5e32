package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.attention.AttentionForm;
import org.tim4j.layers.kernel.attention.CrossAttentionCore;
import org.tim4j.layers.kernel.attention.Group;
import org.tim4j.layers.kernel.attention.RotaryCache;
import org.tim4j.layers.kernel.loops.RotaryTable;
import org.tim4j.layers.kernel.memory.Columns;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.LinearMap;
import org.tim4j.layers.kernel.thread.Worker;

/**
 * Attention to a caption as a layer of its own. Inputs: tokens {@code [batch, height, width, D]} or
 * {@code [batch, tokens, D]} and the caption {@code [batch, length, D]}.
 */
public final class CrossAttentionKernel extends SampleKernel {
  private static final int TOKENS = 0;
  private static final int CAPTION = 1;

  private final CrossAttentionCore attention;
  private final LinearMap projection;
  private final Bias projectionBias;
  private final RotaryCache rotary;
  private final int width;
  private final int heads;
  private RotaryTable positions;

  /**
   * @param layout the layer's parameters
   * @param prefix what stands before their names
   */
  public CrossAttentionKernel(ParameterLayout layout, String prefix, AttentionForm form) {
    super(layout);
    heads = form.heads();
    attention = new CrossAttentionCore(layout, prefix, form);
    width = attention.width();
    projection = new LinearMap(layout, ParameterNames.weight(prefix + ParameterNames.PROJECTION));
    projectionBias = new Bias(layout, ParameterNames.bias(prefix + ParameterNames.PROJECTION));
    rotary = new RotaryCache(form.order(), width / heads);
  }

  @Override
  public void prepareForward(FloatTensor[] inputs, Keep keep) {
    positions = rotary.of(inputs[TOKENS]);
  }

  @Override
  public void prepareBackward(FloatTensor[] inputs, Keep kept) {
    positions = rotary.of(inputs[TOKENS]);
  }

  private Group group(Share share) {
    int tokens = share.input(TOKENS).count() / share.samples();
    return new Group(
        share.from(), share.samples(), tokens, positions, null, null, null, null, null);
  }

  /** Fills queries and attended values. */
  private CrossAttentionCore.Taped attend(Share share, Group group) {
    Worker worker = share.worker();
    CrossAttentionCore.Taped taped =
        new CrossAttentionCore.Taped(
            Columns.take(worker.scratch(), width, group.rows()),
            worker.scratchRows(group.rows(), width),
            worker.scratchRows(group.rows(), heads));
    attention.forward(
        worker, share.weights(), group, share.input(TOKENS), share.input(CAPTION), taped);
    return taped;
  }

  @Override
  public void forward(Share share, FloatTensor output, Keep keep) {
    CrossAttentionCore.Taped taped = attend(share, group(share));
    Rows y = share.part(output);
    projection.forward(share.worker(), share.weights(), projectionBias, taped.attended(), y);
  }

  @Override
  public void backward(
      Share share,
      FloatMemory gradients,
      FloatTensor outputError,
      FloatTensor[] inputErrors,
      Keep kept) {
    Worker worker = share.worker();
    FloatMemory weights = share.weights();
    Group group = group(share);
    Rows dAttended = worker.scratchRows(group.rows(), width);
    Rows dy = share.part(outputError);
    CrossAttentionCore.Taped taped = attend(share, group);
    projectionBias.backward(worker, gradients, dy);
    projection.backwardWeight(worker, gradients, taped.attended(), dy);
    projection.backwardInput(worker, weights, dy, dAttended, 0f);
    attention.backward(
        worker,
        weights,
        gradients,
        group,
        share.input(TOKENS),
        share.input(CAPTION),
        taped,
        dAttended,
        share.part(inputErrors[TOKENS]),
        share.part(inputErrors[CAPTION]));
  }
}
