package org.tim4j.arbiter.task;

import java.util.List;
import org.tim4j.arbiter.candidate.Budget;
import org.tim4j.arbiter.candidate.TrainedCandidate;
import org.tim4j.arbiter.candidate.TransitionCandidate;
import org.tim4j.layers.TimNetwork;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TrainingData;
import org.tim4j.objective.training.TransitionTrainer;

/** The training of one candidate, which may pause and go on. */
final class TrainingRun {
  private final TransitionTrainer trainer;
  private double seconds;

  private TrainingRun(TransitionTrainer trainer) {
    this.trainer = trainer;
  }

  /** Prepares the training of a candidate from its start. */
  static TrainingRun start(TransitionCandidate candidate, TrainingData data) {
    TrainingConfig training = candidate.training();
    TimNetwork network = TimNetwork.create(candidate.network(), training.seed());
    return new TrainingRun(new TransitionTrainer(network, training, data, List.of()));
  }

  /** Trains until a budget, counted from the start of training, is spent. */
  void advance(Budget budget) {
    while (!isSpent(budget)) {
      long begin = System.nanoTime();
      trainer.step();
      seconds += (System.nanoTime() - begin) * 1e-9;
    }
  }

  boolean isSpent(Budget budget) {
    return budget.isSpent(steps(), seconds);
  }

  long steps() {
    return trainer.stepsMade();
  }

  double seconds() {
    return seconds;
  }

  /** Returns the model as it is now. */
  TrainedCandidate model() {
    return new TrainedCandidate(trainer.averageNetwork(), trainer.config(), steps());
  }
}
