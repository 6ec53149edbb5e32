package org.tim4j.cli.bench;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.NetworkTransition;
import org.tim4j.objective.image.ImageShape;
import org.tim4j.objective.sampling.SamplingRequest;
import org.tim4j.objective.sampling.TransitionSampler;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.InMemoryData;
import org.tim4j.objective.training.TransitionTrainer;

/** One unit of work that is repeated and timed, on images of pure noise. */
final class Workload {
  private static final double HALF_WAY = 0.5;

  private Workload() {}

  /** Prepares the work. */
  static Runnable of(Benchmark benchmark) {
    int batch = benchmark.training().batchSize();
    TimNetwork network = TimNetwork.create(benchmark.network(), benchmark.training().seed());
    INDArray x = noise(benchmark.shape(), batch);
    INDArray classes = Nd4j.zeros(benchmark.network().dataType(), batch, 1);
    return switch (benchmark.mode()) {
      case TRAIN -> {
        TransitionTrainer trainer =
            new TransitionTrainer(
                network,
                benchmark.training(),
                new InMemoryData(new Examples(x, classes)),
                List.of());
        yield trainer::step;
      }
      case FORWARD -> {
        NetworkTransition function =
            new NetworkTransition(network, benchmark.training().transport());
        double[] t = new double[batch];
        double[] r = new double[batch];
        Arrays.fill(t, HALF_WAY);
        yield () -> function.apply(x, t, r, classes);
      }
      case SAMPLE -> {
        TransitionSampler sampler =
            new TransitionSampler(
                new NetworkTransition(network, benchmark.training().transport()),
                benchmark.training().transport());
        SamplingRequest request =
            SamplingRequest.fromStart(0, x).condition(classes).maxBatch(Math.max(2, batch)).build();
        yield () -> sampler.sample(request);
      }
    };
  }

  private static INDArray noise(ImageShape shape, int batch) {
    return RandomStream.of(0, 0, Purpose.EVALUATION).gaussians(DataType.FLOAT, shape.batch(batch));
  }
}
