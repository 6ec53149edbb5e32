package org.tim4j.cli.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tim4j.arbiter.candidate.Budget;
import org.tim4j.arbiter.sweep.ScoreSummary;
import org.tim4j.arbiter.sweep.Sweep;
import org.tim4j.arbiter.sweep.SweepResult;

/** Successive halving against random search, as many training steps each, on the digits. */
@Tag("study")
class HalvingStudyTest {
  private static final int SEEDS = 5;
  private static final int STEPS = 270;

  private static SweepResult search(Search search, int candidates, int seed) {
    SweepPlan plan =
        WeightingSearch.plan(
            "digits",
            List.of(),
            new SweepPlan.Effort(search, candidates, Budget.steps(STEPS), seed));
    return Sweep.builder(plan.search()).build().run();
  }

  @Test
  void theSameBudgetFindsABetterCandidate() {
    List<Double> gains = new ArrayList<>();
    for (int seed = 1; seed <= SEEDS; seed++) {
      // 27 candidates of 30 steps, 9 of which go on to 90 and 3 to 270: as much as 7 of 270.
      SweepResult halving = search(Search.HALVING, 27, seed);
      SweepResult random = search(Search.RANDOM, 7, seed);
      assertEquals(random.steps(), halving.steps());
      double found = halving.best().orElseThrow().score();
      double compared = random.best().orElseThrow().score();
      gains.add(compared - found);
      System.out.printf(Locale.ROOT, "seed %d: halving %.3f, random %.3f%n", seed, found, compared);
    }
    ScoreSummary gain = new ScoreSummary(gains);
    System.out.printf(
        Locale.ROOT, "halving is better by %.3f ± %.3f%n", gain.mean(), gain.standardError());
  }
}
