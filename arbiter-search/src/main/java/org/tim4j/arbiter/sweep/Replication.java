package org.tim4j.arbiter.sweep;

import java.util.List;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.tim4j.arbiter.candidate.TransitionCandidate;
import org.tim4j.arbiter.generator.GridGenerator;
import org.tim4j.arbiter.space.TransitionSpace;
import org.tim4j.layers.base.Require;

/**
 * The noise of a candidate's score. A sweep returns the best of many scores, and the best is partly
 * luck; the same settings trained with other seeds tell how much.
 */
public final class Replication {
  private Replication() {}

  /**
   * Returns a sweep over seeds alone, with the data and the score of another sweep.
   *
   * @param sweep where the candidate is from
   * @param candidate trained again under its own budget
   * @param seeds of the trainings, at least one
   * @throws org.tim4j.layers.base.InvalidInputException if there is no seed or the candidate's
   *     settings are impossible
   */
  public static OptimizationConfiguration of(
      OptimizationConfiguration sweep, TransitionCandidate candidate, List<Integer> seeds) {
    Require.atLeast("the number of seeds", seeds.size(), 1);
    TransitionSpace space =
        new TransitionSpace.Builder(candidate.network(), candidate.training())
            .budget(candidate.budget())
            .seed(new DiscreteParameterSpace<>(seeds))
            .build();
    return new OptimizationConfiguration.Builder()
        .candidateGenerator(new GridGenerator(space, 1, GridGenerator.Order.SEQUENTIAL, 0))
        .dataSource(sweep.getDataSource(), sweep.getDataSourceProperties())
        .scoreFunction(sweep.getScoreFunction())
        .rngSeed(sweep.getRngSeed())
        .build();
  }
}
