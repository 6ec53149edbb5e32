package org.tim4j.layers.kernel.block;

import java.util.List;
import org.tim4j.layers.kernel.attention.CrossAttentionCore;
import org.tim4j.layers.kernel.attention.Group;
import org.tim4j.layers.kernel.attention.KeyMask;
import org.tim4j.layers.kernel.layer.Share;
import org.tim4j.layers.kernel.loops.RotaryTable;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.nn.Modulation;
import org.tim4j.layers.kernel.thread.Lane;

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
   * @param samples null if nothing is kept
   * @param tape null if nothing is kept
   */
  record Pass(
      BlockConditioning conditioning,
      List<Branch> branches,
      BlockInputs inputs,
      Attended attended,
      SampleTape samples,
      TokenTape tape) {}

  /**
   * What attention knows of the tokens of the batch beside their values.
   *
   * @param rotary positions of the tokens; null if they have none
   * @param tokens which tokens may be attended to
   * @param caption which rows of the caption may be
   */
  record Attended(RotaryTable rotary, KeyMask tokens, KeyMask caption) {}

  private final Pass pass;
  private final BlockInputs inputs;
  private final Share share;
  private final Lane lane;
  private final int tokens;
  private final int width;
  private final int groupSamples;
  private final SampleTape samples;
  private final Modulation modulation;

  BlockShare(Pass pass, Share share) {
    this.pass = pass;
    this.share = share;
    inputs = pass.inputs;
    lane = share.lane();
    tokens = inputs.tokensPerSample();
    width = inputs.tokens().rows().columns();
    int rows = Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, ROWS_FOR_WIDTH * width));
    groupSamples = Math.max(1, rows / tokens);
    samples =
        pass.samples == null
            ? SampleTape.take(share.scope(), pass.conditioning, share.from(), share.samples())
            : pass.samples.samples(share.from(), share.samples());
    modulation = new Modulation(samples.modulation(), share.from(), tokens, width);
  }

  /** Fills the share's part of the output. */
  void forward(FloatTensor output) {
    condition();
    for (int first = share.from(); first < share.to(); first += groupSamples) {
      try (Scratch.Scope scope = lane.open()) {
        Group group = group(first);
        forward(group, tape(scope, group), rows(output, group));
      }
    }
  }

  private void condition() {
    Matrix delta = share.partOrNull(inputs.delta());
    pass.conditioning.forward(lane, share.part(inputs.condition()), delta, samples);
  }

  private void forward(Group group, TokenTape tape, Matrix out) {
    Conditions conditions = conditions(group);
    Matrix in = rows(inputs.tokens(), group);
    for (int b = 0; b < pass.branches.size(); b++) {
      Matrix next = b + 1 < pass.branches.size() ? tape.between()[b] : out;
      pass.branches.get(b).forward(lane, group, conditions, in, tape.saved()[b], next);
      in = next;
    }
  }

  /**
   * Adds to the gradients and overwrites the share's part of the errors.
   *
   * @param outputError error at the output; may be the error of the tokens
   */
  void backward(FloatTensor outputError, BlockInputs errors) {
    if (pass.samples == null) {
      condition();
    }
    BlockConditioning.Errors sums =
        new BlockConditioning.Errors(
            share.scope().matrix(share.samples(), pass.conditioning.modulationWidth()),
            share.scope().matrix(share.samples(), pass.conditioning.additionWidth()));
    sums.modulation().zero();
    for (int first = share.from(); first < share.to(); first += groupSamples) {
      try (Scratch.Scope scope = lane.open()) {
        Group group = group(first);
        TokenTape tape = tape(scope, group);
        if (pass.tape == null) {
          forward(group, tape, scope.matrix(group.rows(), width));
        }
        Matrix d = rows(errors.tokens(), group);
        d.copyFrom(rows(outputError, group));
        backward(group, tape, errors(group, sums, errors), d);
      }
    }
    pass.conditioning.backward(
        lane,
        sums,
        share.part(inputs.condition()),
        share.partOrNull(inputs.delta()),
        samples,
        share.part(errors.condition()),
        share.partOrNull(errors.delta()));
  }

  private void backward(Group group, TokenTape tape, Conditions errors, Matrix d) {
    Conditions conditions = conditions(group);
    for (int b = pass.branches.size() - 1; b >= 0; b--) {
      Matrix in = b > 0 ? tape.between()[b - 1] : rows(inputs.tokens(), group);
      pass.branches.get(b).backward(lane, group, conditions, errors, in, tape.saved()[b], d);
    }
  }

  private TokenTape tape(Scratch.Scope scope, Group group) {
    return pass.tape == null
        ? TokenTape.take(scope, pass.branches, width, group.firstRow(), group.rows())
        : pass.tape.part(group);
  }

  private static Matrix rows(FloatTensor tensor, Group group) {
    return tensor.rows().rows(group.firstRow(), group.rows());
  }

  /** The group that starts at sample {@code first}. */
  private Group group(int first) {
    int count = Math.min(groupSamples, share.to() - first);
    return new Group(first, count, tokens, pass.attended.rotary, pass.attended.tokens);
  }

  private Conditions conditions(Group group) {
    int at = group.firstSample() - share.from();
    return new Conditions(
        modulation, samples.additions().rows(at, group.samples()), captions(inputs, group));
  }

  private Conditions errors(Group group, BlockConditioning.Errors sums, BlockInputs errors) {
    int at = group.firstSample() - share.from();
    return new Conditions(
        modulation.with(sums.modulation()),
        sums.additions().rows(at, group.samples()),
        captions(errors, group));
  }

  private CrossAttentionCore.Caption captions(BlockInputs named, Group group) {
    Matrix rows = named.captionRows(group.firstSample(), group.samples());
    return new CrossAttentionCore.Caption(rows, pass.attended.caption);
  }
}
