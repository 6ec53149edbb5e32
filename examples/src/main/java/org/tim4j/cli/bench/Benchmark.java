package org.tim4j.cli.bench;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.image.ImageShape;
import org.tim4j.objective.training.RunSettings;
import org.tim4j.objective.training.TrainingConfig;

/**
 * What to time.
 *
 * @param mode which work
 * @param network the network
 * @param training batch size, derivative and the rest of the training
 * @param shape size of the images
 * @param iterations timed repetitions, at least 1
 */
public record Benchmark(
    Mode mode,
    TimNetworkConfig network,
    TrainingConfig training,
    ImageShape shape,
    int iterations) {
  private static final int WARM_UP_ITERATIONS = 3;
  private static final long WARM_UP_NANOS = 10_000_000_000L;

  /** Which work is timed. */
  public enum Mode {
    /** One prediction for a batch, nothing kept. */
    FORWARD,
    /** One whole training step. */
    TRAIN,
    /** One sampling step: a prediction and a transition. */
    SAMPLE
  }

  /**
   * @throws InvalidInputException if nothing would be timed or the network cannot take the images
   */
  public Benchmark {
    if (iterations < 1) {
      throw new InvalidInputException(iterations + " iterations cannot be timed; give at least 1");
    }
    new RunSettings(network, training).requireFits(shape);
  }

  /**
   * Times the work after a warm-up of at least three repetitions and ten seconds, in which Java
   * compiles what runs often.
   *
   * @param threads number of threads in use, for the record
   */
  public BenchmarkReport run(int threads) {
    MatrixSpeed products = new MatrixSpeed();
    products.sample();
    Runnable work = Workload.of(this);
    long begin = System.nanoTime();
    for (int i = 0; i < WARM_UP_ITERATIONS || System.nanoTime() - begin < WARM_UP_NANOS; i++) {
      work.run();
    }
    double[] seconds = new double[iterations];
    for (int i = 0; i < iterations; i++) {
      long start = System.nanoTime();
      work.run();
      seconds[i] = (System.nanoTime() - start) * 1e-9;
    }
    OptionalDouble peak = PeakMemory.mebibytes(); // Before products that are no part of the work.
    products.sample();
    Arrays.sort(seconds);
    return BenchmarkReport.of(this, threads, seconds, products.operationsPerSecond(), peak);
  }

  /** Operations of one repetition. */
  long operations() {
    FlopCount count = new FlopCount(network, shape.height(), shape.width());
    int batch = training.batchSize();
    return mode == Mode.TRAIN
        ? count.trainingStep(batch, training.intervals().diffusionCount(batch))
        : count.forward() * batch;
  }
}
