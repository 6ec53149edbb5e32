package org.tim4j.arbiter.sweep;

import java.util.List;
import org.tim4j.arbiter.Tiny;
import org.tim4j.arbiter.candidate.TrainedCandidate;
import org.tim4j.arbiter.candidate.TransitionCandidate;
import org.tim4j.arbiter.score.FrechetScore;
import org.tim4j.layers.TimNetwork;
import org.tim4j.objective.training.TransitionTrainer;

/** Scores without a sweep. */
final class Scores {
  private Scores() {}

  /** The score of a candidate whose training is done by the trainer alone. */
  static double ofWholeTraining(TransitionCandidate candidate) {
    TransitionTrainer trainer =
        new TransitionTrainer(
            TimNetwork.create(candidate.network(), candidate.training().seed()),
            candidate.training(),
            new Tiny.Data().trainData(),
            List.of());
    trainer.train();
    return new FrechetScore(24, 5, 1)
        .score(
            new TrainedCandidate(trainer.averageNetwork(), candidate.training(), 4),
            new Tiny.Data().testData());
  }
}
