package org.tim4j.cli.sweep;

import java.util.List;
import java.util.Properties;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.tim4j.arbiter.candidate.Budget;
import org.tim4j.arbiter.candidate.TransitionCandidate;
import org.tim4j.arbiter.score.TransitionScore;
import org.tim4j.arbiter.space.TransitionSpace;
import org.tim4j.arbiter.task.TransitionDataSource;

/**
 * What a sweep searches.
 *
 * @param search draws and scores the candidates
 * @param judged data and score by which settings are compared once the search is over
 * @param defaults the settings of whoever does not search
 * @param axes settings to draw the scores over
 */
public record SweepPlan(
    OptimizationConfiguration search,
    OptimizationConfiguration judged,
    TransitionCandidate defaults,
    List<Axis> axes) {
  public SweepPlan {
    axes = List.copyOf(axes);
  }

  /**
   * A number that varies.
   *
   * @param file name of its image
   * @param setting where a candidate's settings hold it, as a JSON pointer
   * @param name for people
   */
  public record Axis(String file, String setting, String name) {}

  static final Axis EXPONENT =
      new Axis("exponent.png", "/training/loss/weighting/exponent", "exponent of the weighting");

  /**
   * How many candidates are drawn and trained.
   *
   * @param search how they are drawn
   * @param candidates how many, or how many to begin with
   * @param budget what the training of one may cost
   * @param seed of everything
   */
  public record Effort(Search search, int candidates, Budget budget, int seed) {
    /** Returns a search of a space on data that Arbiter makes from their class and properties. */
    OptimizationConfiguration configuration(
        TransitionSpace space,
        TransitionScore score,
        Class<? extends TransitionDataSource> data,
        Properties properties) {
      return new OptimizationConfiguration.Builder()
          .candidateGenerator(search.generator(space, score, candidates, seed))
          .dataSource(data, properties)
          .scoreFunction(score)
          .terminationConditions(search.conditions(candidates))
          .rngSeed((long) seed)
          .build();
    }
  }
}
