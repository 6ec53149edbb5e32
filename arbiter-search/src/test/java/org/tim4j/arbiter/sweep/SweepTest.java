package org.tim4j.arbiter.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.saving.InMemoryResultSaver;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.runner.LocalOptimizationRunner;
import org.deeplearning4j.arbiter.saver.local.FileModelSaver;
import org.deeplearning4j.arbiter.scoring.impl.TestSetLossScoreFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tim4j.arbiter.Tiny;
import org.tim4j.arbiter.candidate.CandidateRecord;
import org.tim4j.arbiter.candidate.Outcome;
import org.tim4j.arbiter.candidate.TrainedCandidate;
import org.tim4j.arbiter.generator.GeneticGenerator;
import org.tim4j.arbiter.generator.GridGenerator;
import org.tim4j.arbiter.generator.SuccessiveHalvingGenerator;
import org.tim4j.arbiter.journal.RunLog;
import org.tim4j.arbiter.score.FrechetScore;
import org.tim4j.arbiter.score.TransitionScore;
import org.tim4j.arbiter.space.AdamWSpace;
import org.tim4j.arbiter.space.TransitionSpace;
import org.tim4j.arbiter.task.MedianStopping;
import org.tim4j.arbiter.task.StoppingRule;
import org.tim4j.arbiter.task.TaskOptions;
import org.tim4j.arbiter.task.TransitionTaskCreator;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.training.Examples;

class SweepTest {
  private static final int CANDIDATES = 6;

  static Stream<CandidateGenerator> generators() {
    return Stream.of(
        new RandomSearchGenerator(Tiny.space()),
        new GridSearchCandidateGenerator(
            Tiny.space(), 2, GridSearchCandidateGenerator.Mode.Sequential, null),
        new GridGenerator(Tiny.space(), 2, GridGenerator.Order.SHUFFLED, 1),
        new GeneticGenerator(Tiny.space(), new FrechetScore(24, 5, 1), 4, 0.3, 1),
        new SuccessiveHalvingGenerator(Tiny.space(), 4, 2, 2, 1));
  }

  private static List<List<Double>> points(SweepResult result) {
    return result.records().stream().map(CandidateRecord::parameters).toList();
  }

  private static List<Double> scores(SweepResult result) {
    return result.records().stream().map(CandidateRecord::score).toList();
  }

  @ParameterizedTest
  @MethodSource("generators")
  void everyGeneratorRunsAndRepeatsItselfFromJson(CandidateGenerator generator) {
    OptimizationConfiguration configuration = Tiny.configuration(generator, CANDIDATES);
    String json = configuration.toJson();
    String yaml = configuration.toYaml();
    SweepResult result = Sweep.builder(configuration).build().run();
    SweepResult again = Sweep.builder(OptimizationConfiguration.fromJson(json)).build().run();
    SweepResult third = Sweep.builder(OptimizationConfiguration.fromYaml(yaml)).build().run();
    assertEquals(CANDIDATES, result.records().size());
    for (CandidateRecord candidate : result.records()) {
      assertEquals(Outcome.COMPLETE, candidate.outcome(), candidate.reason());
    }
    assertEquals(points(result), points(again));
    assertEquals(scores(result), scores(again));
    assertEquals(points(result), points(third));
    assertEquals(
        result.records().stream().mapToDouble(CandidateRecord::score).min().orElseThrow(),
        result.best().orElseThrow().score());
  }

  @Test
  void arbitersOwnRunnerRunsTheSpace() throws Exception {
    OptimizationConfiguration configuration =
        new OptimizationConfiguration.Builder()
            .candidateGenerator(new RandomSearchGenerator(Tiny.space()))
            .dataSource(Tiny.Data.class, null)
            .scoreFunction(new FrechetScore(24, 5, 1))
            .modelSaver(new InMemoryResultSaver())
            .terminationConditions(
                Tiny.configuration(new RandomSearchGenerator(Tiny.space()), 2)
                    .getTerminationConditions())
            .rngSeed(11)
            .build();
    LocalOptimizationRunner runner = new LocalOptimizationRunner(configuration);
    runner.execute();
    SweepResult expected =
        Sweep.builder(Tiny.configuration(new RandomSearchGenerator(Tiny.space()), 2)).build().run();
    assertEquals(expected.best().orElseThrow().score(), runner.bestScore());
    TrainedCandidate model = (TrainedCandidate) runner.getResults().get(0).getResultModel();
    assertEquals(4, model.steps());
    assertEquals(Tiny.network(), model.network().config());
  }

  @Test
  void anExhaustedGridEndsTheSweep() {
    TransitionSpace space =
        new TransitionSpace.Builder(Tiny.network(), Tiny.training())
            .optimizer(
                new AdamWSpace.Builder()
                    .learningRate(new DiscreteParameterSpace<>(1e-3, 1e-2))
                    .build())
            .build();
    GridSearchCandidateGenerator grid =
        new GridSearchCandidateGenerator(
            space, 5, GridSearchCandidateGenerator.Mode.Sequential, null);
    assertEquals(2, Sweep.builder(Tiny.configuration(grid, 100)).build().run().records().size());
  }

  @Test
  void aDivergedCandidateIsRecordedAndTheOthersGoOn() {
    TransitionSpace space =
        new TransitionSpace.Builder(Tiny.network(), Tiny.training())
            .optimizer(
                new AdamWSpace.Builder()
                    .learningRate(new DiscreteParameterSpace<>(1e-3, 1e30, 1e-2))
                    .build())
            .build();
    GridGenerator grid = new GridGenerator(space, 2, GridGenerator.Order.SEQUENTIAL, 1);
    SweepResult result = Sweep.builder(Tiny.configuration(grid, 100)).build().run();
    assertEquals(
        List.of(Outcome.COMPLETE, Outcome.FAILED, Outcome.COMPLETE),
        result.records().stream().map(CandidateRecord::outcome).toList());
    CandidateRecord failed = result.records().get(1);
    assertNull(failed.score());
    assertTrue(failed.reason().startsWith("training diverged at step"), failed.reason());
    assertEquals(1, result.ranked().get(2).index());
  }

  /** A score with a defect of its own. */
  public static final class Defective extends TransitionScore {
    /** For JSON. */
    public Defective() {}

    @Override
    public double score(TrainedCandidate model, Examples heldOut) {
      throw new IllegalStateException("not my day");
    }
  }

  @Test
  void anErrorOfTheUsersScoreIsRecordedToo() {
    OptimizationConfiguration configuration =
        Tiny.configuration(new RandomSearchGenerator(Tiny.space()), 2);
    configuration.setScoreFunction(new Defective());
    SweepResult result = Sweep.builder(configuration).build().run();
    assertEquals(2, result.records().size());
    for (CandidateRecord candidate : result.records()) {
      assertEquals(Outcome.FAILED, candidate.outcome());
      assertEquals(
          "unexpected error: java.lang.IllegalStateException: not my day", candidate.reason());
    }
    assertTrue(result.best().isEmpty());
  }

  @Test
  void promotedCandidatesContinueWhereTheyPaused() {
    SweepResult halving =
        Sweep.builder(
                Tiny.configuration(
                    new SuccessiveHalvingGenerator(Tiny.space(), 4, 2, 2, 1), CANDIDATES))
            .build()
            .run();
    // Four candidates of 2 steps, and two of these go on to 4.
    assertEquals(12, halving.steps());
    CandidateRecord promoted = halving.records().get(4);
    assertEquals(2, promoted.steps());
    assertEquals(4, promoted.curve().get(0).steps());
    // Training in one go gives the same score.
    TransitionSpace space = Tiny.space();
    new RandomSearchGenerator(space);
    double[] point = promoted.parameters().stream().mapToDouble(Double::doubleValue).toArray();
    assertEquals(promoted.configuration().toString(), space.getValue(point).configuration());
    assertEquals(Scores.ofWholeTraining(space.getValue(point)), promoted.score(), 1e-9);
  }

  @Test
  void unpromisingCandidatesAreGivenUp() {
    SweepResult patient =
        Sweep.builder(Tiny.configuration(new RandomSearchGenerator(Tiny.space()), CANDIDATES))
            .checks(2)
            .build()
            .run();
    SweepResult hasty =
        Sweep.builder(Tiny.configuration(new RandomSearchGenerator(Tiny.space()), CANDIDATES))
            .stopping(new MedianStopping(1))
            .checks(2)
            .build()
            .run();
    assertEquals(2, patient.records().get(0).curve().size());
    assertEquals(2 * 2 * CANDIDATES, patient.steps());
    List<CandidateRecord> stopped =
        hasty.records().stream().filter(r -> r.outcome() == Outcome.STOPPED).toList();
    assertNotEquals(0, stopped.size());
    for (CandidateRecord candidate : stopped) {
      assertEquals(1, candidate.curve().size());
      assertEquals(2, candidate.steps());
      assertEquals("stopped as unpromising after 2 training steps", candidate.reason());
      assertEquals(
          patient.records().get(candidate.index()).curve().get(0).score(), candidate.score());
    }
    assertEquals(patient.steps() - 2L * stopped.size(), hasty.steps());
  }

  @Test
  void severalThreadsOfArbitersRunnerFindTheSame() {
    SweepResult expected =
        Sweep.builder(Tiny.configuration(new RandomSearchGenerator(Tiny.space()), CANDIDATES))
            .build()
            .run();
    OptimizationConfiguration configuration =
        Tiny.configuration(new RandomSearchGenerator(Tiny.space()), CANDIDATES);
    RunLog log = new RunLog();
    new LocalOptimizationRunner(
            2,
            configuration,
            new TransitionTaskCreator(new TaskOptions(log, new StoppingRule.Never(), 1)))
        .execute();
    assertEquals(
        scores(expected),
        log.records().stream()
            .filter(r -> r.index() < CANDIDATES)
            .sorted(Comparator.comparing(CandidateRecord::index))
            .map(CandidateRecord::score)
            .toList());
  }

  @Test
  void arbitersRunnerIsRefusedWhatCannotKeepOrScoreCandidatesBeforeAnythingIsTrained() {
    OptimizationConfiguration saving =
        Tiny.configuration(new RandomSearchGenerator(Tiny.space()), 2);
    saving.setResultSaver(new FileModelSaver(new File("models")));
    assertRefused(saving, "its result saver FileModelSaver is for [MultiLayerNetwork, ");
    OptimizationConfiguration scoring =
        Tiny.configuration(new RandomSearchGenerator(Tiny.space()), 2);
    scoring.setScoreFunction(new TestSetLossScoreFunction());
    assertRefused(scoring, "its score function TestSetLossScoreFunction is for [");
    OptimizationConfiguration keeping =
        Tiny.configuration(new RandomSearchGenerator(Tiny.space()), 2);
    keeping.setResultSaver(new InMemoryResultSaver());
    LocalOptimizationRunner runner = new LocalOptimizationRunner(keeping);
    runner.execute();
    assertEquals(2, runner.numCandidatesCompleted());
  }

  private static void assertRefused(OptimizationConfiguration configuration, String part) {
    RunLog log = new RunLog();
    LocalOptimizationRunner runner =
        new LocalOptimizationRunner(
            configuration,
            new TransitionTaskCreator(new TaskOptions(log, new StoppingRule.Never(), 1)));
    String message = assertThrows(InvalidInputException.class, runner::execute).getMessage();
    assertTrue(message.contains(part), message);
    assertEquals(List.of(), log.records());
  }
}
