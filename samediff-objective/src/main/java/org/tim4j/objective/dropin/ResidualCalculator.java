package org.tim4j.objective.dropin;

import org.deeplearning4j.earlystopping.scorecalc.ScoreCalculator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;

/**
 * Early stopping's score of a {@link TransitionGraph}: the mean distance between predictions and
 * targets, without weights and scale. The loss itself is no score, because the adaptive scale keeps
 * it nearly constant.
 */
public final class ResidualCalculator implements ScoreCalculator<ComputationGraph> {
  private static final long serialVersionUID = 1L;

  private final TransitionIterator validation;

  /**
   * @param validation read through at every score, after a reset
   */
  public ResidualCalculator(TransitionIterator validation) {
    this.validation = Require.present("validation", validation);
  }

  /**
   * Returns the mean over all samples of the validation data.
   *
   * @throws InvalidInputException if there is no batch, or the graph has another loss
   */
  @Override
  public double calculateScore(ComputationGraph graph) {
    StateTransitionLoss loss = TransitionGraph.loss(graph);
    validation.reset();
    double sum = 0;
    long samples = 0;
    while (validation.hasNext()) {
      MultiDataSet batch = validation.next();
      double[] distances = loss.distances(batch.getLabels(0), graph.output(batch.getFeatures())[0]);
      for (double distance : distances) {
        sum += distance;
      }
      samples += distances.length;
    }
    if (samples == 0) {
      throw new InvalidInputException("the validation data hold no batch; give at least one");
    }
    return sum / samples;
  }

  @Override
  public boolean minimizeScore() {
    return true;
  }
}
