package org.tim4j.objective.dropin;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.training.AverageDecay;

/** Keeps the moving average of a graph's parameters, which is what to sample with. */
public final class MovingAverageListener extends BaseTrainingListener {
  private final AverageDecay decay;
  private final INDArray average;
  private final ComputationGraph graph;
  private long updates;

  /**
   * @param graph whose parameters of now are the first average
   */
  public MovingAverageListener(ComputationGraph graph, AverageDecay decay) {
    this.graph = Require.present("graph", graph);
    this.decay = Require.present("decay", decay);
    this.average = graph.params().dup();
  }

  @Override
  public void iterationDone(Model model, int iteration, int epoch) {
    INDArray parameters = model.params();
    if (!parameters.equalShapes(average)) {
      throw new InvalidInputException(
          "the average is of "
              + average.length()
              + " parameters and the graph has "
              + parameters.length()
              + "; give each graph a listener of its own");
    }
    double keep = decay.at(updates);
    updates++;
    average.muli(keep).addi(parameters.mul(1 - keep));
  }

  /**
   * Returns a network of its own with the average as its parameters.
   *
   * @param network what the graph was made from
   */
  public TimNetwork network(TimNetworkConfig network) {
    ComputationGraph copy = new ComputationGraph(graph.getConfiguration().clone());
    copy.init(average.dup(), false);
    return TransitionGraph.network(copy, network);
  }
}
