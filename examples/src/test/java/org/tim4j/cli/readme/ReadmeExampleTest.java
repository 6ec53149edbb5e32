package org.tim4j.cli.readme;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.tim4j.cli.data.Digits;
import org.tim4j.layers.Condition;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.weights.ModelFolder;
import org.tim4j.layers.weights.WeightSet;
import org.tim4j.objective.NetworkTransition;
import org.tim4j.objective.dropin.ExamplesIterator;
import org.tim4j.objective.dropin.StateTransitionPreProcessor;
import org.tim4j.objective.dropin.TransitionGraph;
import org.tim4j.objective.dropin.TransitionIterator;
import org.tim4j.objective.image.ImageSet;
import org.tim4j.objective.sampling.SamplingRequest;
import org.tim4j.objective.sampling.TransitionSampler;
import org.tim4j.objective.training.CheckpointListener;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.InMemoryData;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TransitionTrainer;

/** The README's examples of training, for a few steps; {@link PagesTest} compares the text. */
class ReadmeExampleTest {
  private static final ImageSet DIGITS = new Digits().load().train();

  @Test
  void aNetworkAndItsTrainer(@TempDir Path folder) {
    INDArray images = DIGITS.images();
    INDArray classes = Examples.of(DIGITS).condition();
    int steps = 2;
    INDArray labels = Examples.of(DIGITS.select(new int[16])).condition();

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

    assertEquals(2, trainer.stepsMade());
    assertArrayEquals(new long[] {16, 1, 8, 8}, pictures.shape());
    assertTrue(pictures.stdNumber().doubleValue() > 0.1);
    assertEquals(
        network.parameters(),
        ModelFolder.open(folder.resolve("model.tim")).network(WeightSet.TRAINED).parameters());
  }

  @Test
  void plainFit() {
    TimNetworkConfig network =
        TimNetworkConfig.builder()
            .channels(1)
            .patch(2)
            .hidden(16)
            .depth(1)
            .heads(2)
            .condition(new Condition.Classes(10, true))
            .build();
    TrainingConfig config = TrainingConfig.builder().build();
    MultiDataSetIterator picturesAndClasses =
        new ExamplesIterator(new InMemoryData(Examples.of(DIGITS)), 1, 32, 2);
    int epochs = 2;

    ComputationGraph graph =
        new ComputationGraph(
            TransitionGraph.configuration(
                network,
                config,
                new NeuralNetConfiguration.Builder().seed(1).updater(new Adam(1e-3))));
    graph.init();
    graph.setListeners(new ScoreIterationListener(100));
    graph.fit(
        TransitionIterator.forTraining(
            picturesAndClasses, new StateTransitionPreProcessor(config, network)),
        epochs);
    TimNetwork trained = TransitionGraph.network(graph, network);

    assertEquals(4, graph.getIterationCount());
    assertNotEquals(TimNetwork.create(network, 1).parameters(), trained.parameters());
  }
}
