package org.tim4j.arbiter.generator;

import org.apache.commons.math3.random.RandomGenerator;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.generator.GeneticSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.genetic.crossover.UniformCrossover;
import org.deeplearning4j.arbiter.optimize.generator.genetic.crossover.parentselection.RandomTwoParentSelection;
import org.deeplearning4j.arbiter.optimize.generator.genetic.mutation.RandomMutationOperator;
import org.deeplearning4j.arbiter.optimize.generator.genetic.population.EmptyPopulationInitializer;
import org.deeplearning4j.arbiter.optimize.generator.genetic.population.PopulationModel;
import org.deeplearning4j.arbiter.optimize.generator.genetic.selection.GeneticSelectionOperator;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.tim4j.arbiter.candidate.TransitionCandidate;
import org.tim4j.arbiter.space.TransitionSpace;
import org.tim4j.layers.base.Require;

/**
 * Arbiter's genetic search with seeded operators, and with JSON, which Arbiter's own generator does
 * not have. Reproducible on one thread: what it draws depends on the order in which results come.
 */
public final class GeneticGenerator extends SpaceGenerator {
  private final ScoreFunction scoreFunction;
  private final int populationSize;
  private final double mutationRate;
  private transient GeneticSearchCandidateGenerator search;
  private transient boolean exhausted;

  /**
   * @param scoreFunction the score that is searched for
   * @param populationSize candidates alive at once, at least 4; the first are random
   * @param mutationRate probability that a number is drawn afresh, in [0, 1]
   * @param seed seed of all operators
   */
  @JsonCreator
  public GeneticGenerator(
      @JsonProperty("parameterSpace") TransitionSpace parameterSpace,
      @JsonProperty("scoreFunction") ScoreFunction scoreFunction,
      @JsonProperty("populationSize") int populationSize,
      @JsonProperty("mutationRate") double mutationRate,
      @JsonProperty("seed") long seed) {
    super(parameterSpace, seed);
    this.scoreFunction = Require.present("scoreFunction", scoreFunction);
    this.populationSize = Require.atLeast("populationSize", populationSize, 4);
    this.mutationRate = Require.between("mutationRate", mutationRate, 0, 1);
    restart();
  }

  @Override
  void restart() {
    RandomGenerator random = new StreamRandom(seed());
    exhausted = false;
    search =
        new GeneticSearchCandidateGenerator.Builder(getParameterSpace(), scoreFunction)
            .populationModel(
                new PopulationModel.Builder()
                    .populationInitializer(new EmptyPopulationInitializer())
                    .populationSize(populationSize)
                    .build())
            .selectionOperator(
                new GeneticSelectionOperator.Builder()
                    .randomGenerator(random)
                    .crossoverOperator(
                        new UniformCrossover.Builder()
                            .randomGenerator(random)
                            .parentSelection(new RandomTwoParentSelection(random))
                            .build())
                    .mutationOperator(
                        new RandomMutationOperator.Builder()
                            .mutationRate(mutationRate)
                            .randomGenerator(random)
                            .build())
                    .build())
            .build();
  }

  @Override
  public boolean hasMoreCandidates() {
    return !exhausted;
  }

  /** Returns the next candidate; one that only holds the reason if no new point was found. */
  @Override
  public Candidate<TransitionCandidate> getCandidate() {
    Candidate<?> found = search.getCandidate();
    if (found.getException() == null) {
      return next(found.getFlatParameters(), (TransitionCandidate) found.getValue());
    }
    exhausted = true;
    return next(
        new double[0],
        TransitionCandidate.impossible(
            "the genetic search found no point that it had not tried; enlarge the space"));
  }

  @Override
  public void reportResults(OptimizationResult result) {
    search.reportResults(result);
  }

  @Override
  public String toString() {
    return "genetic search of populations of " + populationSize;
  }
}
