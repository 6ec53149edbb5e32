package org.tim4j.objective.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.NetworkTransition;
import org.tim4j.objective.sampling.SamplingRequest;
import org.tim4j.objective.sampling.TransitionSampler;
import org.tim4j.objective.training.TinyRun;
import org.tim4j.objective.training.TrainingConfig;

class SparkSamplingTest {
  /** Whatever the number of tasks, batch k is what a sampler makes from seed 40 + k. */
  @Test
  void aJobMakesTheSamplesOfOneProcess() {
    TrainingConfig config = TinyRun.config().build();
    TimNetwork network =
        TimNetwork.create(
            TinyRun.network(DataType.FLOAT).config().toBuilder().runtime(TimRuntime.FUSED).build(),
            3);
    network
        .parameters()
        .addi(
            RandomStream.of(8, 0, Purpose.NOISE)
                .gaussians(DataType.FLOAT, network.parameterCount())
                .muli(0.1));
    TransitionSampler sampler =
        new TransitionSampler(
            new NetworkTransition(network, config.transport()), config.transport());
    SparkSampling sampling = new SparkSampling(40, 5, 4, List.of(1L, 4L, 4L), 3);
    try (JavaSparkContext spark = LocalSpark.start()) {
      for (int partitions : new int[] {1, 2, 3}) {
        List<MultiDataSet> found = sampling.run(spark, network, config, partitions).collect();
        assertEquals(5, found.size());
        for (int k = 0; k < 5; k++) {
          float[] classes = new float[4];
          for (int i = 0; i < 4; i++) {
            classes[i] = (4 * k + i) % 3;
          }
          SamplingRequest request =
              SamplingRequest.fromNoise(40 + k, 4, 1, 4, 4)
                  .steps(3)
                  .condition(Nd4j.createFromArray(classes).reshape(4, 1))
                  .build();
          assertArrayEquals(classes, found.get(k).getLabels(0).toFloatVector());
          assertArrayEquals(
              sampler.sample(request).samples().dup('c').data().asFloat(),
              found.get(k).getFeatures(0).dup('c').data().asFloat());
        }
      }
    }
  }
}
