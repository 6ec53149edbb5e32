package org.tim4j.layers.kernel;

import java.util.List;

/**
 * One worker's samples on their way through a block, in groups small enough for the cache.
 *
 * <p>Activations are kept on a tape of the whole batch or, without one, in the worker's scratch
 * memory for one group at a time; a backward without a tape makes them again.
 */
final class BlockShare {
  /** Rows that a group should have: enough for the matrix product to run at full speed. */
  private static final int GROUP_ROWS = 400;

  /** What all shares of one pass have in common; {@code tape} and {@code samples} may be null. */
  record Pass(
      BlockConditioning conditioning,
      List<Branch> branches,
      FloatMemory weights,
      Rows x,
      Rows condition,
      Rows delta,
      RotaryTable rotary,
      int tokens,
      SampleTape samples,
      TokenTape tape) {}

  private final Pass pass;
  private final Worker worker;
  private final int from;
  private final int to;
  private final int groupSamples;
  private final SampleTape samples;

  /** Samples {@code from} to {@code to} of the batch. */
  BlockShare(Pass pass, Worker worker, int from, int to) {
    this.pass = pass;
    this.worker = worker;
    this.from = from;
    this.to = to;
    groupSamples = Math.max(1, GROUP_ROWS / pass.tokens);
    samples =
        pass.samples == null
            ? SampleTape.take(worker.scratch(), pass.conditioning, from, to - from)
            : pass.samples.samples(from, to - from);
  }

  /** Fills {@code y}, the output of the whole batch. */
  void forward(Rows y) {
    condition();
    for (int first = from; first < to; first += groupSamples) {
      int mark = worker.scratch().mark();
      Group group = group(first, null, null);
      Rows out = y.part(group.firstRow(), group.rows());
      forward(group, tape(group), out);
      worker.scratch().release(mark);
    }
  }

  private void condition() {
    pass.conditioning.forward(
        worker,
        pass.weights,
        pass.condition.part(from, to - from),
        pass.delta.part(from, to - from),
        samples);
  }

  private void forward(Group group, TokenTape tape, Rows out) {
    Rows in = pass.x.part(group.firstRow(), group.rows());
    for (int b = 0; b < pass.branches.size(); b++) {
      Rows next = b + 1 < pass.branches.size() ? tape.between()[b] : out;
      pass.branches.get(b).forward(worker, pass.weights, group, in, tape.saved()[b], next);
      in = next;
    }
  }

  /**
   * Adds to the gradients and overwrites the errors.
   *
   * @param dy error at the output, of the whole batch; may be {@code dx}
   */
  void backward(FloatMemory gradients, Rows dy, Rows dx, Rows dCondition, Rows dDelta) {
    int count = to - from;
    if (pass.samples == null) {
      condition();
    }
    Rows dModulation = worker.scratchRows(count, pass.conditioning.modulationWidth());
    Rows dAdditions = worker.scratchRows(count, pass.conditioning.additionWidth());
    dModulation.zero();
    for (int first = from; first < to; first += groupSamples) {
      int mark = worker.scratch().mark();
      Group group = group(first, dModulation, dAdditions);
      TokenTape tape = tape(group);
      if (pass.tape == null) {
        forward(group, tape, worker.scratchRows(group.rows(), pass.x.width()));
      }
      Rows d = dx.part(group.firstRow(), group.rows());
      d.copyFrom(dy.part(group.firstRow(), group.rows()));
      backward(gradients, group, tape, d);
      worker.scratch().release(mark);
    }
    pass.conditioning.backward(
        worker,
        pass.weights,
        gradients,
        new BlockConditioning.Errors(dModulation, dAdditions),
        pass.condition.part(from, count),
        pass.delta.part(from, count),
        samples,
        dCondition.part(from, count),
        dDelta.part(from, count));
  }

  private void backward(FloatMemory gradients, Group group, TokenTape tape, Rows d) {
    for (int b = pass.branches.size() - 1; b >= 0; b--) {
      Rows in = b > 0 ? tape.between()[b - 1] : pass.x.part(group.firstRow(), group.rows());
      pass.branches.get(b).backward(worker, pass.weights, gradients, group, in, tape.saved()[b], d);
    }
  }

  private TokenTape tape(Group group) {
    return pass.tape == null
        ? TokenTape.take(
            worker.scratch(), pass.branches, pass.x.width(), group.firstRow(), group.rows())
        : pass.tape.part(group);
  }

  /** The group that starts at sample {@code first}. */
  private Group group(int first, Rows dModulation, Rows dAdditions) {
    int count = Math.min(groupSamples, to - first);
    Modulation modulation =
        new Modulation(samples.modulation(), dModulation, from, pass.tokens, pass.x.width());
    Rows additionErrors = dAdditions == null ? null : dAdditions.part(first - from, count);
    return new Group(
        first,
        count,
        modulation,
        samples.additions().part(first - from, count),
        additionErrors,
        pass.rotary);
  }
}
