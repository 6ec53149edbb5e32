package org.tim4j.objective.dropin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tim4j.objective.dropin.TinyFit.EPSILON;
import static org.tim4j.objective.dropin.TinyFit.RATE;
import static org.tim4j.objective.dropin.TinyFit.base;
import static org.tim4j.objective.dropin.TinyFit.config;
import static org.tim4j.objective.dropin.TinyFit.data;
import static org.tim4j.objective.dropin.TinyFit.examples;
import static org.tim4j.objective.dropin.TinyFit.graph;
import static org.tim4j.objective.dropin.TinyFit.network;
import static org.tim4j.objective.dropin.TinyFit.transitions;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.Golden;
import org.tim4j.objective.training.AdamWSettings;
import org.tim4j.objective.training.BatchDraw;
import org.tim4j.objective.training.DivergenceException;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.StepReport;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TrainingListener;
import org.tim4j.objective.training.TrainingProgress;
import org.tim4j.objective.training.TransitionGradient;
import org.tim4j.objective.training.TransitionTrainer;

/** A user's own iterator and Deeplearning4j's own training. */
class FitTest {
  /** With one optimiser and one seed both ways make the same steps. */
  @Test
  void fitTrainsAsTheTrainerDoes() {
    TimNetworkConfig network = network(DataType.DOUBLE, TimRuntime.SAMEDIFF);
    TimNetwork start = TimNetwork.create(network, 11);
    TransitionTrainer trainer = new TransitionTrainer(start.copy(), config(2), data(), List.of());
    List<Double> losses = new ArrayList<>();
    while (trainer.stepsMade() < trainer.config().steps()) {
      losses.add(trainer.step().loss());
    }

    ComputationGraph graph = graph(network);
    TransitionGraph.setParameters(graph, start);
    List<Double> scores = new ArrayList<>();
    graph.setListeners(
        new ScoreIterationListener(10),
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            scores.add(model.score());
          }
        });
    ExamplesIterator iterator = examples(config(2));
    iterator.setPreProcessor(new StateTransitionPreProcessor(config(2), network));
    graph.fit(iterator, 2);

    assertEquals(losses.size(), scores.size());
    for (int k = 0; k < losses.size(); k++) {
      assertEquals(losses.get(k), scores.get(k), 1e-5, "step " + k);
    }
    Golden.assertClose(
        "parameters after training, each of which moved by about 0.1",
        trainer.network().parameters(),
        TransitionGraph.network(graph, network).parameters(),
        1e-3);
  }

  /** Decay of every parameter, clipping by the whole norm and the moving average, too. */
  @Test
  void fitCanDoAllThatTheTrainersOptimiserDoes() {
    double decay = 0.1;
    double clip = 0.05;
    TimNetworkConfig network = network(DataType.DOUBLE, TimRuntime.SAMEDIFF);
    TrainingConfig config =
        config(2).toBuilder()
            .optimizer(new AdamWSettings(RATE, 0.9, 0.95, EPSILON, decay, clip))
            .build();
    TimNetwork start = TimNetwork.create(network, 11);
    // Away from the start, where gradients are so small that the place of Adam's epsilon matters.
    start
        .parameters()
        .addi(
            RandomStream.of(6, 0, Purpose.PARAMETERS)
                .gaussians(DataType.DOUBLE, start.parameters().length())
                .muli(0.1));
    List<Double> norms = new ArrayList<>();
    TransitionTrainer trainer =
        new TransitionTrainer(
            start.copy(),
            config,
            data(),
            List.of(
                new TrainingListener() {
                  @Override
                  public void stepDone(TrainingProgress training, StepReport report) {
                    norms.add(report.gradientNorm());
                  }
                }));
    trainer.train();
    assertTrue(norms.stream().filter(norm -> norm > clip).count() > 3, "norms " + norms);

    ComputationGraph graph = graph(network, base().weightDecay(decay).weightDecayBias(decay));
    TransitionGraph.setParameters(graph, start);
    MovingAverageListener average = new MovingAverageListener(graph, config.average());
    graph.setListeners(new GlobalNormClipping(clip), average);
    graph.fit(transitions(config, network), 2);

    // Every parameter moved by about 0.1, and decay changed those of size 0.1 by more than 1e-4.
    double tolerance = 5e-5;
    Golden.assertClose(
        "parameters",
        trainer.network().parameters(),
        TransitionGraph.network(graph, network).parameters(),
        tolerance);
    Golden.assertClose(
        "average",
        trainer.averageNetwork().parameters(),
        average.network(network).parameters(),
        tolerance);
  }

  /** One graph, pictures of two sizes in turn. */
  @Test
  void picturesMayDifferInSizeFromBatchToBatch() {
    TimNetworkConfig network = network(DataType.DOUBLE, TimRuntime.SAMEDIFF);
    ComputationGraph graph = graph(network);
    StateTransitionPreProcessor preProcessor = new StateTransitionPreProcessor(config(1), network);
    INDArray classes = Nd4j.createFromArray(0.0, 1.0, 2.0).reshape(3, 1);
    for (int step = 0; step < 4; step++) {
      INDArray x =
          RandomStream.of(4, step, Purpose.NOISE)
              .gaussians(DataType.DOUBLE, 3, 1, 4, step % 2 == 0 ? 4 : 6);
      TimNetwork before = TransitionGraph.network(graph, network);
      double expected =
          new TransitionGradient(before, config(1))
              .of(
                  BatchDraw.of(config(1), step, new Examples(x, classes), network.condition()),
                  null)
              .transition()
              .weighted();
      MultiDataSet batch = new MultiDataSet(x, classes);
      preProcessor.preProcess(batch);
      graph.fit(batch);
      assertEquals(expected, graph.score(), 1e-9, "step " + step);
    }
  }

  @Test
  void aGradientThatIsNotFiniteStopsBeforeAnythingChanges() {
    TimNetworkConfig network = network(DataType.FLOAT, TimRuntime.FUSED);
    ComputationGraph graph = graph(network);
    graph.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onGradientCalculation(Model model) {
            if (((ComputationGraph) model).getIterationCount() == 2) {
              model.gradient().gradient().putScalar(7, Float.POSITIVE_INFINITY);
            }
          }
        },
        new GlobalNormClipping(Double.POSITIVE_INFINITY));
    TransitionIterator iterator = transitions(config(1), network);
    graph.fit(iterator.next());
    graph.fit(iterator.next());
    float[] good = graph.params().toFloatVector();
    DivergenceException failure =
        assertThrows(DivergenceException.class, () -> graph.fit(iterator.next()));
    assertEquals(2, failure.step());
    assertArrayEquals(good, graph.params().toFloatVector());
    assertThrows(InvalidInputException.class, () -> new GlobalNormClipping(0));
  }
}
