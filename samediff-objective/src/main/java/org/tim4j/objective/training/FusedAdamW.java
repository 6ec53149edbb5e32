package org.tim4j.objective.training;

import java.lang.ref.Reference;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.kernel.flat.AdamWKernel;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.thread.Parallelism;

/**
 * {@link AdamW} in single precision on the CPU, in two passes over memory instead of a dozen and
 * without new arrays: the optimiser of the fused runtime.
 */
public final class FusedAdamW implements Optimizer {
  /** Parameters that one region of memory holds at most. */
  private static final long PART = 1L << 28;

  private final AdamWSettings settings;
  private final INDArray firstMoment;
  private final INDArray secondMoment;
  private final Parallelism parallelism = Parallelism.ofProcess();
  private long updates;

  /**
   * @param settings learning rate, decays and clipping
   * @param state where to go on from; its arrays become this optimiser's own
   */
  public FusedAdamW(AdamWSettings settings, OptimizerState state) {
    this.settings = settings;
    this.updates = state.updates();
    this.firstMoment = state.firstMoment();
    this.secondMoment = state.secondMoment();
  }

  /**
   * {@inheritDoc}
   *
   * @throws InvalidInputException if an array is not one run of float32 numbers
   */
  @Override
  public double update(INDArray parameters, INDArray gradient, INDArray average, double decay) {
    for (INDArray array :
        new INDArray[] {parameters, gradient, average, firstMoment, secondMoment}) {
      requireFlat(array, gradient.length());
    }
    double squares = 0;
    for (long from = 0; from < gradient.length(); from += PART) {
      squares += AdamWKernel.sumOfSquares(parallelism, part(gradient, from));
    }
    Reference.reachabilityFence(gradient); // Its address alone would not keep it alive.
    double norm = Math.sqrt(squares);
    if (!Double.isFinite(norm)) {
      return norm;
    }
    updates++;
    AdamWKernel.Rates rates = rates(norm, decay);
    for (long from = 0; from < gradient.length(); from += PART) {
      AdamWKernel.State state =
          new AdamWKernel.State(
              part(parameters, from),
              part(firstMoment, from),
              part(secondMoment, from),
              part(average, from));
      AdamWKernel.update(parallelism, state, part(gradient, from), rates);
    }
    Reference.reachabilityFence(new Object[] {parameters, gradient, average, this});
    return norm;
  }

  private AdamWKernel.Rates rates(double norm, double decay) {
    double firstCorrection = 1.0 - Math.pow(settings.beta1(), updates);
    double secondCorrection = 1.0 - Math.pow(settings.beta2(), updates);
    return new AdamWKernel.Rates(
        (float) settings.clipFactor(norm),
        (float) (1.0 - settings.learningRate() * settings.weightDecay()),
        (float) settings.beta1(),
        (float) settings.beta2(),
        (float) (settings.learningRate() / firstCorrection),
        (float) (1.0 / secondCorrection),
        (float) settings.epsilon(),
        (float) decay);
  }

  private static FloatMemory part(INDArray array, long from) {
    long address = array.data().addressPointer().address() + from * Float.BYTES;
    return FloatMemory.at(address, Math.min(PART, array.length() - from));
  }

  private static void requireFlat(INDArray array, long length) {
    boolean flat = array.ordering() == 'c' || array.isVector();
    if (array.dataType() != DataType.FLOAT
        || array.length() != length
        || !flat
        || (length > 1 && array.stride(array.rank() - 1) != 1)) {
      throw new InvalidInputException(
          "the fused optimiser got "
              + array.length()
              + " numbers of type "
              + array.dataType()
              + "; it needs "
              + length
              + " of type FLOAT, one after the other: give flat arrays of a network");
    }
  }

  @Override
  public OptimizerState state() {
    return new OptimizerState(updates, firstMoment, secondMoment);
  }
}
