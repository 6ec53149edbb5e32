package org.tim4j.arbiter.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.junit.jupiter.api.Test;
import org.tim4j.arbiter.Tiny;
import org.tim4j.arbiter.candidate.Budget;
import org.tim4j.arbiter.candidate.TransitionCandidate;
import org.tim4j.layers.base.InvalidInputException;

class ReplicationTest {
  @Test
  void theSameSettingsAreTrainedWithEverySeed() {
    OptimizationConfiguration sweep =
        Tiny.configuration(new RandomSearchGenerator(Tiny.space()), 1);
    TransitionCandidate candidate =
        TransitionCandidate.of(Tiny.network(), Tiny.training(), Budget.steps(4));
    OptimizationConfiguration seeds = Replication.of(sweep, candidate, List.of(7, 8));
    String json = seeds.toJson();
    SweepResult result = Sweep.builder(seeds).build().run();
    assertEquals(2, result.records().size());
    for (int i = 0; i < 2; i++) {
      TransitionCandidate trained = result.records().get(i).candidate();
      assertEquals(7 + i, trained.training().seed());
      assertEquals(candidate.training(), trained.training().toBuilder().seed(3).build());
      assertEquals(Scores.ofWholeTraining(trained), result.records().get(i).score(), 1e-9);
    }
    SweepResult again = Sweep.builder(OptimizationConfiguration.fromJson(json)).build().run();
    assertEquals(ScoreSummary.of(result), ScoreSummary.of(again));
  }

  @Test
  void noSeedsAndImpossibleSettingsAreRefused() {
    OptimizationConfiguration sweep =
        Tiny.configuration(new RandomSearchGenerator(Tiny.space()), 1);
    assertThrows(
        InvalidInputException.class,
        () -> Replication.of(sweep, TransitionCandidate.impossible("odd"), List.of(1)));
    assertThrows(
        InvalidInputException.class,
        () ->
            Replication.of(
                sweep,
                TransitionCandidate.of(Tiny.network(), Tiny.training(), Budget.steps(4)),
                List.of()));
  }

  @Test
  void summariesAreThoseOfTheTextbook() {
    ScoreSummary summary = new ScoreSummary(List.of(1.0, 2.0, 6.0));
    assertEquals(3, summary.mean());
    assertEquals(Math.sqrt(7), summary.standardDeviation(), 1e-15);
    assertEquals(Math.sqrt(7 / 3.0), summary.standardError(), 1e-15);
    ScoreSummary other = new ScoreSummary(List.of(1.0, 3.0));
    assertEquals(Math.sqrt(7 / 3.0 + 1), summary.standardErrorOfDifference(other), 1e-15);
    assertThrows(InvalidInputException.class, () -> new ScoreSummary(List.of(1.0)));
  }
}
