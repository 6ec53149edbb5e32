package org.tim4j.objective.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.listeners.CollectScoresListener;
import org.deeplearning4j.optimize.listeners.PerformanceListener;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Deeplearning4j's listeners on the graph of a network that a TransitionTrainer trains. */
class GraphListenersTest {
  @Test
  void theyAreToldWhatFitTellsThem() {
    CollectScoresListener scores = new CollectScoresListener(1);
    List<Double> residuals = new ArrayList<>();
    List<Double> norms = new ArrayList<>();
    List<Double> seen = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    TransitionTrainer trainer =
        TinyRun.trainer(
            TinyRun.config().build(),
            new TrainingListener() {
              @Override
              public void stepDone(TrainingProgress run, StepReport report) {
                residuals.add(report.residual());
                norms.add(report.gradientNorm());
              }
            });
    ComputationGraph graph = trainer.network().graph();
    graph.setListeners(
        scores,
        new PerformanceListener(1, true),
        new ScoreIterationListener(1),
        new BaseTrainingListener() {
          @Override
          public void onGradientCalculation(Model model) {
            double squares = 0;
            for (INDArray part : model.gradient().gradientForVariable().values()) {
              squares += Math.pow(part.norm2Number().doubleValue(), 2);
            }
            seen.add(Math.sqrt(squares));
            assertEquals(
                model.paramTable().keySet(), model.gradient().gradientForVariable().keySet());
          }

          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            sizes.add(model.batchSize());
          }
        });
    trainer.train();
    assertEquals(residuals, scores.getListScore());
    assertEquals(List.of(8, 8, 8, 8, 8, 8), sizes);
    assertArrayEquals(
        norms.stream().mapToDouble(v -> v).toArray(),
        seen.stream().mapToDouble(v -> v).toArray(),
        1e-4);
    assertEquals(6, graph.getIterationCount());
    assertNull(graph.gradient());
    TransitionTrainer without = TinyRun.trainer(TinyRun.config().build());
    without.train();
    assertEquals(without.network().parameters(), trainer.network().parameters());
  }
}
