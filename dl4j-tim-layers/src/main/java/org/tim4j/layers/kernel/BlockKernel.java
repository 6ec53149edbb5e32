package org.tim4j.layers.kernel;

import java.util.Arrays;
import java.util.List;
import org.tim4j.layers.InvalidInputException;

/**
 * A TiM block: inputs are the tokens {@code [batch, height, width, D]} or {@code [batch, tokens,
 * D]}, the condition {@code [batch, D]} and the interval embedding {@code [batch, D]}.
 */
public final class BlockKernel implements FusedKernel {
  private static final int TOKENS = 0;
  private static final int CONDITION = 1;
  private static final int DELTA = 2;
  private static final int INPUTS = 3;

  private final ParameterLayout layout;
  private final BlockConditioning conditioning;
  private final List<Branch> branches;
  private final RotaryCache rotary;
  private final int width;
  private final Arena arena = new Arena();
  private SampleTape samples;
  private TokenTape tape;

  /**
   * @param layout the block's parameters; interval projection and query-key normalisation are there
   *     or not
   * @param heads number of attention heads
   * @param positions how tokens are placed
   */
  public BlockKernel(ParameterLayout layout, int heads, Positions positions) {
    this.layout = layout;
    conditioning = new BlockConditioning(layout);
    branches = List.of(new AttentionBranch(layout, 0, heads), new MlpBranch(layout, 1));
    width = Math.toIntExact(layout.shape("qkvW")[0]);
    rotary = new RotaryCache(positions, width / heads);
  }

  @Override
  public ParameterLayout parameters() {
    return layout;
  }

  @Override
  public long[] outputShape(long[]... inputs) {
    long[] tokens = inputs[TOKENS];
    if (inputs.length != INPUTS || tokens[tokens.length - 1] != width) {
      throw new InvalidInputException(
          "A block takes tokens of width "
              + width
              + ", a condition and an interval embedding; it was given "
              + Arrays.deepToString(inputs)
              + ".");
    }
    return tokens.clone();
  }

  @Override
  public void forward(
      Parallelism parallelism,
      FloatMemory weights,
      FloatTensor[] inputs,
      FloatTensor output,
      Keep keep) {
    int batch = inputs[TOKENS].size(0);
    if (keep == Keep.ACTIVATIONS) {
      int rows = inputs[TOKENS].rows().count();
      arena.release(0);
      samples = SampleTape.take(arena, conditioning, 0, batch);
      tape = TokenTape.take(arena, branches, width, 0, rows);
    }
    BlockShare.Pass pass = pass(weights, inputs, keep);
    Rows y = output.rows();
    parallelism.run(batch, (worker, from, to) -> new BlockShare(pass, worker, from, to).forward(y));
  }

  @Override
  public void backward(
      Parallelism parallelism,
      FloatMemory weights,
      FloatMemory gradients,
      FloatTensor[] inputs,
      FloatTensor outputError,
      FloatTensor[] inputErrors,
      Keep kept) {
    BlockShare.Pass pass = pass(weights, inputs, kept);
    WeightGradients sums = new WeightGradients(parallelism, gradients);
    Rows dy = outputError.rows();
    Rows dx = inputErrors[TOKENS].rows();
    Rows dCondition = inputErrors[CONDITION].rows();
    Rows dDelta = inputErrors[DELTA].rows();
    parallelism.run(
        inputs[TOKENS].size(0),
        (worker, from, to) ->
            new BlockShare(pass, worker, from, to)
                .backward(sums.of(worker), dy, dx, dCondition, dDelta));
    sums.reduce(parallelism);
  }

  private BlockShare.Pass pass(FloatMemory weights, FloatTensor[] inputs, Keep keep) {
    boolean taped = keep == Keep.ACTIVATIONS;
    Rows x = inputs[TOKENS].rows();
    return new BlockShare.Pass(
        conditioning,
        branches,
        weights,
        x,
        inputs[CONDITION].rows(),
        inputs[DELTA].rows(),
        rotary.of(inputs[TOKENS]),
        x.count() / inputs[TOKENS].size(0),
        taped ? samples : null,
        taped ? tape : null);
  }

  @Override
  public void close() {
    arena.close();
    samples = null;
    tape = null;
  }
}
