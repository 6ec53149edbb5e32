package org.tim4j.layers.kernel;

import org.tim4j.layers.base.ParameterNames;

/**
 * Attention to a caption as a layer of its own. Inputs: tokens {@code [batch, height, width, D]} or
 * {@code [batch, tokens, D]} and the caption {@code [batch, length, D]}.
 */
public final class CrossAttentionKernel extends SampleKernel {
  private static final int TOKENS = 0;
  private static final int CAPTION = 1;

  private final CrossAttention attention;
  private final Linear projection;
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
    attention = new CrossAttention(layout, prefix, form);
    width = attention.width();
    projection = new Linear(layout, ParameterNames.weight(prefix + ParameterNames.PROJECTION));
    projectionBias = new Bias(layout, ParameterNames.bias(prefix + ParameterNames.PROJECTION));
    rotary = new RotaryCache(form.order(), width / heads);
  }

  @Override
  void prepareForward(FloatTensor[] inputs, Keep keep) {
    positions = rotary.of(inputs[TOKENS]);
  }

  @Override
  void prepareBackward(FloatTensor[] inputs, Keep kept) {
    positions = rotary.of(inputs[TOKENS]);
  }

  private Group group(Share share) {
    int tokens = share.input(TOKENS).count() / share.samples();
    return new Group(
        share.from(), share.samples(), tokens, positions, null, null, null, null, null);
  }

  /** Fills queries and attended values. */
  private CrossAttention.Taped attend(Share share, Group group) {
    Worker worker = share.worker();
    CrossAttention.Taped taped =
        new CrossAttention.Taped(
            Columns.take(worker.scratch(), width, group.rows()),
            worker.scratchRows(group.rows(), width),
            worker.scratchRows(group.rows(), heads));
    attention.forward(
        worker, share.weights(), group, share.input(TOKENS), share.input(CAPTION), taped);
    return taped;
  }

  @Override
  void forward(Share share, FloatTensor output, Keep keep) {
    CrossAttention.Taped taped = attend(share, group(share));
    Rows y = share.part(output);
    projection.forward(share.worker(), share.weights(), projectionBias, taped.attended(), y);
  }

  @Override
  void backward(
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
    CrossAttention.Taped taped = attend(share, group);
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
