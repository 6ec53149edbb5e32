package org.tim4j.objective.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.objective.Golden;
import org.tim4j.objective.training.BatchDraw;
import org.tim4j.objective.training.TinyRun;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TransitionGradient;

/** Deeplearning4j's own data-parallel training of the drop-in loss. */
class ParallelFitTest {
  private static final int WORKERS = 2;
  private static final double RATE = 0.05;

  private static final TimNetworkConfig NETWORK =
      TinyRun.network(DataType.FLOAT).config().toBuilder().runtime(TimRuntime.FUSED).build();

  private static final TrainingConfig CONFIG = TinyRun.config().batchSize(8).build();

  private static ComputationGraph graph(Sgd updater) {
    ComputationGraph graph =
        new ComputationGraph(
            TransitionGraph.configuration(
                NETWORK, CONFIG, new NeuralNetConfiguration.Builder().updater(updater)));
    graph.init();
    TransitionGraph.setParameters(graph, TimNetwork.create(NETWORK, 11));
    return graph;
  }

  private static void fit(ComputationGraph graph, int batches) {
    TransitionIterator transitions =
        TransitionIterator.forTraining(
            new ExamplesIterator(
                TinyRun.data(DataType.FLOAT), CONFIG.seed(), CONFIG.batchSize(), batches),
            new StateTransitionPreProcessor(CONFIG, NETWORK));
    ParallelWrapper wrapper =
        new ParallelWrapper.Builder<>(graph)
            .workers(WORKERS)
            .prefetchBuffer(0)
            .averagingFrequency(1)
            .reportScoreAfterAveraging(false)
            .trainingMode(ParallelWrapper.TrainingMode.AVERAGING)
            .build();
    wrapper.fit(transitions);
    wrapper.shutdown();
  }

  /**
   * Averaged after one step of gradient descent each: the step of the mean gradient.
   *
   * <p>The first round has a rate of 0, because what its second worker starts from is open:
   * DefaultTrainer.run of 1.0.0-M2.1 copies the parameters of the first worker's graph in a thread
   * of its own, when that worker may have made its first step already.
   */
  @Test
  void aRoundIsTheStepOfTheMeanGradient() {
    TimNetwork expected = TimNetwork.create(NETWORK, 11);
    TransitionGradient gradient = new TransitionGradient(expected, CONFIG);
    INDArray sum = expected.parameters().ulike().assign(0);
    for (int k = WORKERS; k < 2 * WORKERS; k++) {
      sum.addi(gradient.of(draw(k), null).gradient());
    }
    expected.parameters().subi(sum.muli(RATE / WORKERS));
    ComputationGraph graph =
        graph(new Sgd(new MapSchedule(ScheduleType.ITERATION, Map.of(0, 0.0, 1, RATE))));
    fit(graph, 2 * WORKERS);
    TimNetwork found = TransitionGraph.network(graph, NETWORK);
    Golden.assertClose(
        "parameters after one averaging", expected.parameters(), found.parameters(), 1e-6);
  }

  private static BatchDraw draw(int step) {
    return BatchDraw.of(
        CONFIG,
        step,
        TinyRun.data(DataType.FLOAT).batch(CONFIG.seed(), step, CONFIG.batchSize()),
        NETWORK.condition());
  }

  @Test
  void theResidualFalls() {
    ComputationGraph graph = graph(new Sgd(RATE));
    double before = residual(graph);
    fit(graph, 200);
    double after = residual(graph);
    assertTrue(after < 0.8 * before, "from " + before + " to " + after);
    assertEquals(200 / WORKERS, graph.getIterationCount());
  }

  private static double residual(ComputationGraph graph) {
    TransitionGradient gradient =
        new TransitionGradient(TransitionGraph.network(graph, NETWORK), CONFIG);
    return IntStream.range(1000, 1020)
        .mapToDouble(k -> gradient.of(draw(k), null).transition().denoising())
        .average()
        .orElseThrow();
  }
}
