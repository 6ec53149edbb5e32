package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.attention.AttentionForm;
import org.tim4j.layers.kernel.attention.CrossAttentionCore;
import org.tim4j.layers.kernel.attention.Group;
import org.tim4j.layers.kernel.attention.KeyMask;
import org.tim4j.layers.kernel.attention.RotaryCache;
import org.tim4j.layers.kernel.loops.RotaryTable;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.LinearMap;
import org.tim4j.layers.kernel.thread.Lane;

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
  private KeyMask captionMask;

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
  protected void prepareForward(Batch batch, Keep keep) {
    look(batch);
  }

  @Override
  protected void prepareBackward(Batch batch, Keep kept) {
    look(batch);
  }

  private void look(Batch batch) {
    positions = rotary.of(batch.inputs()[TOKENS]);
    captionMask = KeyMask.of(batch.masks()[CAPTION], batch.inputs()[CAPTION]);
  }

  private Group group(Share share) {
    int tokens = share.input(TOKENS).rows() / share.samples();
    return new Group(share.from(), share.samples(), tokens, positions, KeyMask.ALL);
  }

  private CrossAttentionCore.Caption caption(Share share) {
    return new CrossAttentionCore.Caption(share.input(CAPTION), captionMask);
  }

  /** Fills queries and attended values. */
  private CrossAttentionCore.Taped attend(Share share, Group group) {
    CrossAttentionCore.Taped taped =
        new CrossAttentionCore.Taped(
            share.scope().spread(width, group.rows()),
            share.scope().matrix(group.rows(), width),
            share.scope().matrix(group.rows(), heads));
    attention.forward(share.lane(), group, share.input(TOKENS), caption(share), taped);
    return taped;
  }

  @Override
  protected void forward(Share share, FloatTensor output, Keep keep) {
    CrossAttentionCore.Taped taped = attend(share, group(share));
    projection.forward(share.lane(), projectionBias, taped.attended(), share.part(output));
  }

  @Override
  protected void backward(
      Share share, FloatTensor outputError, FloatTensor[] inputErrors, Keep kept) {
    Lane lane = share.lane();
    Group group = group(share);
    Matrix dAttended = share.scope().matrix(group.rows(), width);
    Matrix dy = share.part(outputError);
    CrossAttentionCore.Taped taped = attend(share, group);
    projectionBias.backward(lane, dy);
    projection.backwardWeight(lane, taped.attended(), dy);
    projection.backwardInput(lane, dy, dAttended, 0f);
    attention.backward(
        lane,
        group,
        share.input(TOKENS),
        caption(share),
        taped,
        new CrossAttentionCore.Errors(
            share.part(inputErrors[TOKENS]), share.part(inputErrors[CAPTION]), dAttended));
  }
}
