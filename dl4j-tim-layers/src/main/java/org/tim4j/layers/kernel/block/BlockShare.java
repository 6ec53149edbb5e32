package org.tim4j.layers.kernel.block;

import java.util.List;
import org.tim4j.layers.kernel.attention.Group;
import org.tim4j.layers.kernel.layer.Share;
import org.tim4j.layers.kernel.loops.RotaryTable;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.nn.Modulation;
import org.tim4j.layers.kernel.thread.Worker;

/**
 * One worker's samples on their way through a block, in groups small enough for the cache.
 *
 * <p>Activations are kept on a tape of the whole batch or, without one, in the worker's scratch
 * memory for one group at a time; a backward without a tape makes them again.
 */
final class BlockShare {
  /** Fewest rows that a group should have, so that loops over its columns are long. */
  private static final int FEWEST_ROWS = 256;

  /** Most rows that a group should have, so that scratch memory stays small. */
  private static final int MOST_ROWS = 800;

  /**
   * Rows for each number of a token: the wider the layer, the longer it takes to fetch and reorder
   * its weights for a group's products, and the more rows must share that.
   */
  private static final int ROWS_FOR_WIDTH = 4;

  /**
   * What all shares of one pass have in common.
   *
   * @param delta the interval embedding; null if the block does not use it
   * @param caption null if the block has no cross-attention
   * @param samples null if nothing is kept
   * @param tape null if nothing is kept
   */
  record Pass(
      BlockConditioning conditioning,
      List<Branch> branches,
      FloatTensor tokens,
      FloatTensor condition,
      FloatTensor delta,
      FloatTensor caption,
      RotaryTable rotary,
      SampleTape samples,
      TokenTape tape) {
    int tokensPerSample() {
      return tokens.rows().count() / tokens.size(0);
    }
  }

  /** Errors of the inputs of a pass, to be overwritten. */
  record Errors(
      FloatTensor tokens, FloatTensor condition, FloatTensor delta, FloatTensor caption) {}

  private final Pass pass;
  private final Share share;
  private final Worker worker;
  private final int tokens;
  private final int width;
  private final int groupSamples;
  private final SampleTape samples;

  BlockShare(Pass pass, Share share) {
    this.pass = pass;
    this.share = share;
    worker = share.worker();
    tokens = pass.tokensPerSample();
    width = pass.tokens.rows().width();
    int rows = Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, ROWS_FOR_WIDTH * width));
    groupSamples = Math.max(1, rows / tokens);
    samples =
        pass.samples == null
            ? SampleTape.take(worker.scratch(), pass.conditioning, share.from(), share.samples())
            : pass.samples.samples(share.from(), share.samples());
  }

  /** Fills the share's part of the output. */
  void forward(FloatTensor output) {
    condition();
    for (int first = share.from(); first < share.to(); first += groupSamples) {
      int mark = worker.scratch().mark();
      Group group = group(first, null, null);
      forward(group, tape(group), output.rows().part(group.firstRow(), group.rows()));
      worker.scratch().release(mark);
    }
  }

  private void condition() {
    Rows delta = pass.delta == null ? null : share.part(pass.delta);
    pass.conditioning.forward(worker, share.weights(), share.part(pass.condition), delta, samples);
  }

  private void forward(Group group, TokenTape tape, Rows out) {
    Rows in = pass.tokens.rows().part(group.firstRow(), group.rows());
    for (int b = 0; b < pass.branches.size(); b++) {
      Rows next = b + 1 < pass.branches.size() ? tape.between()[b] : out;
      pass.branches.get(b).forward(worker, share.weights(), group, in, tape.saved()[b], next);
      in = next;
    }
  }

  /**
   * Adds to the gradients and overwrites the share's part of the errors.
   *
   * @param outputError error at the output; may be the error of the tokens
   */
  void backward(FloatMemory gradients, FloatTensor outputError, Errors errors) {
    if (pass.samples == null) {
      condition();
    }
    BlockConditioning.Errors sums =
        new BlockConditioning.Errors(
            worker.scratchRows(share.samples(), pass.conditioning.modulationWidth()),
            worker.scratchRows(share.samples(), pass.conditioning.additionWidth()));
    sums.modulation().zero();
    for (int first = share.from(); first < share.to(); first += groupSamples) {
      int mark = worker.scratch().mark();
      Group group = group(first, sums, errors.caption);
      TokenTape tape = tape(group);
      if (pass.tape == null) {
        forward(group, tape, worker.scratchRows(group.rows(), width));
      }
      Rows d = errors.tokens.rows().part(group.firstRow(), group.rows());
      d.copyFrom(outputError.rows().part(group.firstRow(), group.rows()));
      backward(gradients, group, tape, d);
      worker.scratch().release(mark);
    }
    pass.conditioning.backward(
        worker,
        share.weights(),
        gradients,
        sums,
        share.part(pass.condition),
        pass.delta == null ? null : share.part(pass.delta),
        samples,
        share.part(errors.condition),
        errors.delta == null ? null : share.part(errors.delta));
  }

  private void backward(FloatMemory gradients, Group group, TokenTape tape, Rows d) {
    for (int b = pass.branches.size() - 1; b >= 0; b--) {
      Rows in =
          b > 0 ? tape.between()[b - 1] : pass.tokens.rows().part(group.firstRow(), group.rows());
      pass.branches
          .get(b)
          .backward(worker, share.weights(), gradients, group, in, tape.saved()[b], d);
    }
  }

  private TokenTape tape(Group group) {
    return pass.tape == null
        ? TokenTape.take(worker.scratch(), pass.branches, width, group.firstRow(), group.rows())
        : pass.tape.part(group);
  }

  /** The group that starts at sample {@code first}. */
  private Group group(int first, BlockConditioning.Errors sums, FloatTensor captionError) {
    int count = Math.min(groupSamples, share.to() - first);
    int at = first - share.from();
    Rows modulationErrors = sums == null ? null : sums.modulation();
    return new Group(
        first,
        count,
        tokens,
        pass.rotary,
        samples.additions().part(at, count),
        sums == null ? null : sums.additions().part(at, count),
        new Modulation(samples.modulation(), modulationErrors, share.from(), tokens, width),
        captionRows(pass.caption, first, count),
        captionRows(captionError, first, count));
  }

  private static Rows captionRows(FloatTensor caption, int first, int count) {
    return caption == null
        ? null
        : caption.rows().part(first * caption.size(1), count * caption.size(1));
  }
}
