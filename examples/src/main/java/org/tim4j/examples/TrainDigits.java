package org.tim4j.examples;

import java.nio.file.Path;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.cli.data.Digits;
import org.tim4j.layers.Condition;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.objective.NetworkTransition;
import org.tim4j.objective.sampling.SamplingRequest;
import org.tim4j.objective.sampling.TransitionSampler;
import org.tim4j.objective.training.CheckpointListener;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.InMemoryData;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TransitionTrainer;

/** Trains so many steps on handwritten digits, keeps the model in a folder and samples it. */
public final class TrainDigits {
  public static void main(String[] args) {
    System.out.println(train(Integer.parseInt(args[0]), Path.of(args[1])));
  }

  static INDArray train(int steps, Path folder) {
    Examples digits = Examples.of(new Digits().load().train());
    INDArray images = digits.x(), classes = digits.condition();
    INDArray labels = LoadAndSample.labels(16);
    TimNetwork network =
        TimNetwork.create(
            TimNetworkConfig.builder()
                .channels(1)
                .patch(2)
                .hidden(128)
                .depth(4)
                .heads(4)
                .condition(new Condition.Classes(10, true))
                .runtime(TimRuntime.FUSED)
                .build(),
            1);
    TrainingConfig config = TrainingConfig.builder().steps(steps).batchSize(128).build();
    TransitionTrainer trainer =
        new TransitionTrainer(
            network,
            config,
            new InMemoryData(new Examples(images, classes)),
            List.of(new CheckpointListener(folder.resolve("model.tim"), 500)));
    trainer.train();
    TransitionSampler sampler =
        new TransitionSampler(
            new NetworkTransition(trainer.averageNetwork(), config.transport()),
            config.transport());
    INDArray pictures =
        sampler
            .sample(SamplingRequest.fromNoise(7, 16, 1, 8, 8).steps(4).condition(labels).build())
            .samples();
    return pictures;
  }
}
