package org.tim4j.arbiter.sweep;

import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.BooleanSpace;
import org.deeplearning4j.arbiter.optimize.serde.jackson.JsonMapper;
import org.tim4j.arbiter.space.SearchLeaf;
import org.tim4j.arbiter.space.TransitionSpace;
import org.tim4j.arbiter.task.Trainability;
import org.tim4j.arbiter.task.TransitionDataSource;
import org.tim4j.layers.base.InvalidInputException;

/** Refuses sweeps that could not end well, before anything is trained. */
final class SweepCheck {
  private static final int ENDS = 2;

  private SweepCheck() {}

  /**
   * Checks a configuration.
   *
   * @throws InvalidInputException if a part is missing or of the wrong kind, if the space holds
   *     candidates that cannot exist, or if Arbiter's grid search would miscount it
   */
  static void check(OptimizationConfiguration configuration) {
    CandidateGenerator generator = configuration.getCandidateGenerator();
    require(generator != null, "it has no candidateGenerator");
    require(configuration.getScoreFunction() != null, "it has no scoreFunction");
    require(
        configuration.getScoreFunction().minimize(),
        "its score is to be maximised; give its negative and minimise that");
    require(configuration.getRngSeed() != null, "it has no rngSeed, so no run could be repeated");
    Trainability.check(
        configuration.getScoreFunction(),
        configuration.getResultSaver(),
        configuration.getDataSource());
    TransitionDataSource.create(
        configuration.getDataSource(), configuration.getDataSourceProperties());
    if (!(generator.getParameterSpace() instanceof TransitionSpace space)) {
      throw new InvalidInputException("the sweep cannot run: its space is no TransitionSpace");
    }
    if (generator instanceof GridSearchCandidateGenerator grid) {
      grid(grid, space);
    }
    SpaceCheck.check(space);
  }

  private static void grid(GridSearchCandidateGenerator grid, TransitionSpace space) {
    boolean shuffled =
        JsonMapper.getMapper().valueToTree(grid).path("mode").asText().equals("RandomOrder");
    require(!shuffled, "Arbiter's grid shuffles without the seed; use GridGenerator");
    for (SearchLeaf leaf : SearchLeaf.of(space)) {
      require(
          !(leaf.space() instanceof BooleanSpace),
          "Arbiter's grid repeats the values of a BooleanSpace; use GridGenerator");
      require(
          leaf.count(ENDS) > 1,
          "Arbiter's grid fails after the one-value leaf " + leaf.space() + "; use GridGenerator");
    }
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new InvalidInputException("the sweep cannot run: " + problem);
    }
  }
}
