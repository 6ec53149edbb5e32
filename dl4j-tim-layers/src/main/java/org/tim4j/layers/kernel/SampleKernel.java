package org.tim4j.layers.kernel;

/** A kernel that divides the samples of the batch among the workers. */
abstract class SampleKernel implements FusedKernel {
  private final ParameterLayout layout;

  SampleKernel(ParameterLayout layout) {
    this.layout = layout;
  }

  @Override
  public final ParameterLayout parameters() {
    return layout;
  }

  /** Makes ready what all shares of a forward have in common. */
  void prepareForward(FloatTensor[] inputs, Keep keep) {}

  /** Makes ready what all shares of a backward have in common. */
  void prepareBackward(FloatTensor[] inputs, Keep kept) {}

  /** Fills the share's part of the output. */
  abstract void forward(Share share, FloatTensor output, Keep keep);

  /**
   * Adds to the gradients and overwrites the share's part of the input errors.
   *
   * @param inputErrors one for each input; null where it is not wanted
   */
  abstract void backward(
      Share share,
      FloatMemory gradients,
      FloatTensor outputError,
      FloatTensor[] inputErrors,
      Keep kept);

  @Override
  public final void forward(
      Parallelism parallelism,
      FloatMemory weights,
      FloatTensor[] inputs,
      FloatTensor output,
      Keep keep) {
    prepareForward(inputs, keep);
    parallelism.run(
        inputs[0].size(0),
        (worker, from, to) -> forward(new Share(worker, weights, inputs, from, to), output, keep));
  }

  @Override
  public final void backward(
      Parallelism parallelism,
      FloatMemory weights,
      FloatMemory gradients,
      FloatTensor[] inputs,
      FloatTensor outputError,
      FloatTensor[] inputErrors,
      Keep kept) {
    prepareBackward(inputs, kept);
    WeightGradients sums = new WeightGradients(parallelism, gradients);
    parallelism.inOneTurn(
        () -> {
          parallelism.run(
              inputs[0].size(0),
              (worker, from, to) ->
                  backward(
                      new Share(worker, weights, inputs, from, to),
                      sums.of(worker),
                      outputError,
                      inputErrors,
                      kept));
          sums.reduce(parallelism);
        });
  }

  @Override
  public void close() {}
}
