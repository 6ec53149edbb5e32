package org.tim4j.layers.kernel.block;

import java.util.ArrayList;
import java.util.List;
import org.tim4j.layers.kernel.attention.AttentionForm;
import org.tim4j.layers.kernel.attention.KeyMask;
import org.tim4j.layers.kernel.attention.RotaryCache;
import org.tim4j.layers.kernel.layer.Batch;
import org.tim4j.layers.kernel.layer.Keep;
import org.tim4j.layers.kernel.layer.SampleKernel;
import org.tim4j.layers.kernel.layer.Share;
import org.tim4j.layers.kernel.memory.Arena;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.ParameterLayout;

/**
 * A TiM block. Inputs: the tokens {@code [batch, height, width, D]} or {@code [batch, tokens, D]};
 * the condition {@code [batch, D]}; if there is an interval projection, the interval embedding
 * {@code [batch, D]}; if there is cross-attention, the caption {@code [batch, length, D]}.
 */
public final class BlockKernel extends SampleKernel {
  private static final int TOKENS = 0;
  private static final int CONDITION = 1;

  private final BlockConditioning conditioning;
  private final List<Branch> branches = new ArrayList<>();
  private final RotaryCache rotary;
  private final int delta;
  private final int caption;
  private final int width;
  private final Arena arena = new Arena();
  private SampleTape samples;
  private TokenTape tape;
  private BlockShare.Pass pass;

  /**
   * @param layout the block's parameters
   * @param form of self- and cross-attention
   * @param distanceAware whether there is an interval projection
   * @param captioned whether there is cross-attention
   */
  public BlockKernel(
      ParameterLayout layout, AttentionForm form, boolean distanceAware, boolean captioned) {
    super(layout);
    delta = distanceAware ? CONDITION + 1 : -1;
    caption = captioned ? (distanceAware ? CONDITION + 2 : CONDITION + 1) : -1;
    conditioning = new BlockConditioning(layout, distanceAware);
    branches.add(new AttentionBranch(layout, 0, form));
    if (captioned) {
      branches.add(new CrossAttentionBranch(layout, 1, form));
    }
    branches.add(new MlpBranch(layout, branches.size()));
    width = conditioning.width();
    rotary = new RotaryCache(form.order(), width / form.heads());
  }

  private static FloatTensor at(FloatTensor[] tensors, int index) {
    return index < 0 ? null : tensors[index];
  }

  @Override
  protected void prepareForward(Batch batch, Keep keep) {
    if (keep == Keep.ACTIVATIONS) {
      arena.release(0);
      samples = SampleTape.take(arena, conditioning, 0, batch.inputs()[TOKENS].size(0));
      tape = TokenTape.take(arena, branches, width, 0, batch.inputs()[TOKENS].rows().rows());
    }
    pass = pass(batch, keep);
  }

  /** A backward writes errors over the tape, so that another one makes the activations again. */
  @Override
  protected void prepareBackward(Batch batch, Keep kept) {
    pass = pass(batch, kept);
    samples = null;
    tape = null;
  }

  private BlockInputs named(FloatTensor[] tensors) {
    return new BlockInputs(
        tensors[TOKENS], tensors[CONDITION], at(tensors, delta), at(tensors, caption));
  }

  private BlockShare.Pass pass(Batch batch, Keep keep) {
    boolean taped = keep == Keep.ACTIVATIONS;
    BlockInputs inputs = named(batch.inputs());
    BlockInputs masks = named(batch.masks());
    return new BlockShare.Pass(
        conditioning,
        branches,
        inputs,
        new BlockShare.Attended(
            rotary.of(inputs.tokens()),
            KeyMask.of(masks.tokens(), inputs.tokens()),
            KeyMask.of(masks.caption(), inputs.caption())),
        taped ? samples : null,
        taped ? tape : null);
  }

  @Override
  protected void forward(Share share, FloatTensor output, Keep keep) {
    new BlockShare(pass, share).forward(output);
  }

  @Override
  protected void backward(
      Share share, FloatTensor outputError, FloatTensor[] inputErrors, Keep kept) {
    new BlockShare(pass, share).backward(outputError, named(inputErrors));
  }

  @Override
  public void close() {
    arena.close();
    samples = null;
    tape = null;
    pass = null;
  }
}
