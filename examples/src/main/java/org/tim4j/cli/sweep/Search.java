package org.tim4j.cli.sweep;

import java.util.List;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.api.termination.TerminationCondition;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.tim4j.arbiter.generator.GeneticGenerator;
import org.tim4j.arbiter.generator.GridGenerator;
import org.tim4j.arbiter.generator.SuccessiveHalvingGenerator;
import org.tim4j.arbiter.space.TransitionSpace;

/** How the candidates of a sweep are drawn. */
public enum Search {
  /** Independent random points. */
  RANDOM {
    @Override
    CandidateGenerator generator(
        TransitionSpace space, ScoreFunction score, int candidates, long seed) {
      return new RandomSearchGenerator(space);
    }
  },
  /** Points of a grid with three values of every continuous setting, in random order. */
  GRID {
    @Override
    CandidateGenerator generator(
        TransitionSpace space, ScoreFunction score, int candidates, long seed) {
      return new GridGenerator(space, GRID_LEVELS, GridGenerator.Order.SHUFFLED, seed);
    }
  },
  /** Crossover and mutation of the best half of the candidates so far, the first ones random. */
  GENETIC {
    @Override
    CandidateGenerator generator(
        TransitionSpace space, ScoreFunction score, int candidates, long seed) {
      return new GeneticGenerator(
          space, score, Math.max(SMALLEST_POPULATION, candidates / 2), MUTATION_RATE, seed);
    }
  },
  /** Many candidates for a ninth of the budget, the best third of them for more, and so on. */
  HALVING {
    @Override
    CandidateGenerator generator(
        TransitionSpace space, ScoreFunction score, int candidates, long seed) {
      return new SuccessiveHalvingGenerator(
          space, candidates, ETA, candidates < ETA * ETA ? 2 : 3, seed);
    }

    @Override
    List<TerminationCondition> conditions(int candidates) {
      return List.of(); // A candidate that goes on counts as a new one.
    }
  };

  private static final int GRID_LEVELS = 3;
  private static final int SMALLEST_POPULATION = 4;
  private static final double MUTATION_RATE = 0.1;
  private static final int ETA = 3;

  /**
   * Returns the generator.
   *
   * @param candidates how many will be trained; by {@code HALVING}, how many to begin with
   * @throws org.tim4j.layers.base.InvalidInputException if there are too few of them or the budget
   *     of the space is too small
   */
  abstract CandidateGenerator generator(
      TransitionSpace space, ScoreFunction score, int candidates, long seed);

  /** Returns what ends the search apart from a lack of candidates. */
  List<TerminationCondition> conditions(int candidates) {
    return List.of(new MaxCandidatesCondition(candidates));
  }
}
