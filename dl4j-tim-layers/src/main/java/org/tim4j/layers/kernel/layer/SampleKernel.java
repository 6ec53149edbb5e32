package org.tim4j.layers.kernel.layer;

import java.lang.ref.Reference;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.thread.Lane;
import org.tim4j.layers.kernel.thread.Parallelism;
import org.tim4j.layers.kernel.thread.WeightGradients;

/** A kernel that divides the samples of the batch among the workers. */
public abstract class SampleKernel implements Kernel {
  private final ParameterLayout layout;

  public SampleKernel(ParameterLayout layout) {
    this.layout = layout;
  }

  @Override
  public final ParameterLayout parameters() {
    return layout;
  }

  /** Makes ready what all shares of a forward have in common. */
  protected void prepareForward(Batch batch, Keep keep) {}

  /** Makes ready what all shares of a backward have in common. */
  protected void prepareBackward(Batch batch, Keep kept) {}

  /** Fills the share's part of the output. */
  protected abstract void forward(Share share, FloatTensor output, Keep keep);

  /**
   * Adds to the gradients and overwrites the share's part of the input errors.
   *
   * @param inputErrors one for each input; null where it is not wanted
   */
  protected abstract void backward(
      Share share, FloatTensor outputError, FloatTensor[] inputErrors, Keep kept);

  @Override
  public final void forward(
      Parallelism parallelism, FloatMemory weights, Batch batch, FloatTensor output, Keep keep) {
    prepareForward(batch, keep);
    parallelism.run(
        batch.samples(),
        (worker, from, to) -> {
          Lane lane = new Lane(worker, weights, null);
          try (Scratch.Scope scope = lane.open()) {
            forward(new Share(lane, scope, batch.inputs(), from, to), output, keep);
          }
        });
    keepAlive(weights, batch, output);
  }

  @Override
  public final void backward(
      Parallelism parallelism,
      FloatMemory weights,
      FloatMemory gradients,
      Batch batch,
      FloatTensor outputError,
      FloatTensor[] inputErrors,
      Keep kept) {
    prepareBackward(batch, kept);
    WeightGradients sums = new WeightGradients(parallelism, gradients);
    parallelism.inOneTurn(
        () -> {
          parallelism.run(
              batch.samples(),
              (worker, from, to) -> {
                Lane lane = new Lane(worker, weights, sums.of(worker));
                try (Scratch.Scope scope = lane.open()) {
                  Share share = new Share(lane, scope, batch.inputs(), from, to);
                  backward(share, outputError, inputErrors, kept);
                }
              });
          sums.reduce(parallelism);
        });
    keepAlive(weights, gradients, batch, outputError, inputErrors);
  }

  /** What works on addresses keeps no memory alive, neither an argument's nor the kernel's own. */
  private void keepAlive(Object... memory) {
    Reference.reachabilityFence(memory);
    Reference.reachabilityFence(this);
  }

  @Override
  public void close() {}
}
