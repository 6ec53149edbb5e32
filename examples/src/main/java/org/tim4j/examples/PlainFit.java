package org.tim4j.examples;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.tim4j.cli.data.Digits;
import org.tim4j.layers.Condition;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.objective.dropin.ExamplesIterator;
import org.tim4j.objective.dropin.StateTransitionPreProcessor;
import org.tim4j.objective.dropin.TransitionGraph;
import org.tim4j.objective.dropin.TransitionIterator;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.InMemoryData;
import org.tim4j.objective.training.TrainingConfig;

/** Trains by Deeplearning4j's own {@code fit}, with its own updater and listeners. */
public final class PlainFit {
  /** Argument: epochs of 50 batches, for example {@code 20}. */
  public static void main(String[] args) {
    System.out.println(fit(Integer.parseInt(args[0]), 50).parameterCount() + " parameters");
  }

  static TimNetwork fit(int epochs, int batches) {
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
        new ExamplesIterator(
            new InMemoryData(Examples.of(new Digits().load().train())), 1, 32, batches);
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
    return trained;
  }
}
