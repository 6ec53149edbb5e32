package org.tim4j.objective.training;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Tells the Deeplearning4j listeners of a network's graph of every step, as {@code fit} would: its
 * score, its gradient, its number of examples and its iteration. The score is the residual, the
 * figure to watch.
 */
final class GraphListeners implements TrainingListener {
  @Override
  public void trainingStarted(TrainingProgress run) {
    listeners(run).forEach(listener -> listener.onEpochStart(run.network().graph()));
  }

  @Override
  public void stepDone(TrainingProgress run, StepReport report) {
    Collection<org.deeplearning4j.optimize.api.TrainingListener> listeners = listeners(run);
    if (listeners.isEmpty()) {
      return;
    }
    ComputationGraph graph = run.network().graph();
    int iteration = Math.toIntExact(report.step() + 1);
    graph.setScore(report.residual());
    graph.getConfiguration().setIterationCount(iteration);
    graph.setGradient(gradient(graph));
    // Listeners ask the graph for the number of examples, which it takes from its input.
    graph.setInput(0, Nd4j.createUninitialized(run.config().batchSize(), 1));
    try {
      for (org.deeplearning4j.optimize.api.TrainingListener listener : listeners) {
        listener.onGradientCalculation(graph);
        listener.iterationDone(graph, iteration, 0);
      }
    } finally {
      graph.clear();
      graph.setGradient(null);
    }
  }

  @Override
  public void trainingEnded(TrainingProgress run) {
    listeners(run).forEach(listener -> listener.onEpochEnd(run.network().graph()));
  }

  private static List<org.deeplearning4j.optimize.api.TrainingListener> listeners(
      TrainingProgress run) {
    return List.copyOf(run.network().graph().getListeners());
  }

  /** Returns views of the gradient of the last backward pass, by Deeplearning4j's names. */
  private static DefaultGradient gradient(ComputationGraph graph) {
    INDArray flat = graph.getFlattenedGradients().reshape(graph.getFlattenedGradients().length());
    DefaultGradient gradient = new DefaultGradient(graph.getFlattenedGradients());
    long first = graph.params().offset();
    for (Map.Entry<String, INDArray> parameter : graph.paramTable().entrySet()) {
      INDArray values = parameter.getValue();
      long from = values.offset() - first;
      INDArray part = flat.get(NDArrayIndex.interval(from, from + values.length()));
      gradient.setGradientFor(parameter.getKey(), part.reshape(values.ordering(), values.shape()));
    }
    return gradient;
  }
}
