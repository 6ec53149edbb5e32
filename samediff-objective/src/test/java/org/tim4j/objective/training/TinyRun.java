package org.tim4j.objective.training;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.Condition;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** A network, data and settings small enough to train in a test. */
public final class TinyRun {
  private TinyRun() {}

  public static TimNetwork network(DataType type) {
    return TimNetwork.create(
        TimNetworkConfig.builder()
            .channels(1)
            .patch(2)
            .hidden(16)
            .depth(1)
            .heads(2)
            .condition(new Condition.Classes(3, true))
            .dataType(type)
            .build(),
        11);
  }

  /** Twelve 4×4 pictures; those of one class share a mean. */
  public static InMemoryData data(DataType type) {
    INDArray x = RandomStream.of(4, 0, Purpose.NOISE).gaussians(type, 12, 1, 4, 4).muli(0.2);
    INDArray classes = Nd4j.create(type, 12, 1);
    for (int i = 0; i < 12; i++) {
      classes.putScalar(i, 0, i % 3);
      x.slice(i).addi(i % 3 - 1);
    }
    return new InMemoryData(new Examples(x, classes));
  }

  public static TrainingConfig.Builder config() {
    return TrainingConfig.builder()
        .seed(5)
        .steps(6)
        .batchSize(8)
        .optimizer(AdamWSettings.published().withLearningRate(2e-3))
        .average(new AverageDecay(0.9, AverageDecay.WarmUp.RATIONAL));
  }

  public static TransitionTrainer trainer(TrainingConfig config, TrainingListener... listeners) {
    return new TransitionTrainer(
        network(DataType.FLOAT), config, data(DataType.FLOAT), List.of(listeners));
  }
}
