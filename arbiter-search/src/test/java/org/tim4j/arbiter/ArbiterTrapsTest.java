package org.tim4j.arbiter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.arbiter.conf.updater.AdamSpace;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.BooleanSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.runner.LocalOptimizationRunner;
import org.deeplearning4j.arbiter.task.ComputationGraphTaskCreator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;
import org.tim4j.arbiter.generator.GridGenerator;
import org.tim4j.arbiter.space.AdamWSpace;
import org.tim4j.arbiter.space.IntervalWeightingSpace;
import org.tim4j.arbiter.space.TimNetworkSpace;
import org.tim4j.arbiter.space.TransitionSpace;
import org.tim4j.arbiter.task.TransitionTaskCreator;
import org.tim4j.objective.training.AdamWSettings;

/**
 * What Arbiter 1.0.0-beta7 does to its users, each beside what ours does instead. A test that fails
 * in its first half tells that the shield is no longer needed.
 */
class ArbiterTrapsTest {
  private static final ArchRule SLEEPS_NEVER =
      ArchRuleDefinition.noClasses().should().callMethod(Thread.class, "sleep", long.class);

  private static TransitionSpace space(TimNetworkSpace.Builder network) {
    return new TransitionSpace.Builder(network.build(), Tiny.training())
        .weighting(
            new IntervalWeightingSpace.Builder()
                .exponent(new ContinuousParameterSpace(-2, 0))
                .build())
        .build();
  }

  private static GridSearchCandidateGenerator grid(
      TransitionSpace space, GridSearchCandidateGenerator.Mode mode) {
    return new GridSearchCandidateGenerator(space, 5, mode, null);
  }

  private static List<double[]> points(CandidateGenerator generator) {
    List<double[]> points = new ArrayList<>();
    while (generator.hasMoreCandidates()) {
      points.add(generator.getCandidate().getFlatParameters());
    }
    return points;
  }

  @Test
  void aLeafOfOneValueBreaksTheGrid() {
    TransitionSpace space =
        space(new TimNetworkSpace.Builder(Tiny.network()).depth(new DiscreteParameterSpace<>(1)));
    Candidate<?> broken = grid(space, GridSearchCandidateGenerator.Mode.Sequential).getCandidate();
    assertInstanceOf(ArrayIndexOutOfBoundsException.class, broken.getException());
    assertEquals(5, points(new GridGenerator(space, 5, GridGenerator.Order.SEQUENTIAL, 1)).size());
  }

  @Test
  void aBooleanIsCountedLikeANumber() {
    TransitionSpace space =
        space(new TimNetworkSpace.Builder(Tiny.network()).qkNorm(new BooleanSpace()));
    assertEquals(
        25, grid(space, GridSearchCandidateGenerator.Mode.Sequential).getTotalNumCandidates());
    assertEquals(10, new GridGenerator(space, 5, GridGenerator.Order.SEQUENTIAL, 1).size());
  }

  @Test
  void aShuffledGridIgnoresItsSeed() {
    TimNetworkSpace.Builder network =
        new TimNetworkSpace.Builder(Tiny.network())
            .mlpRatio(new ContinuousParameterSpace(1, 4))
            .depth(new DiscreteParameterSpace<>(1, 2, 3));
    GridSearchCandidateGenerator first =
        grid(space(network), GridSearchCandidateGenerator.Mode.RandomOrder);
    GridSearchCandidateGenerator second =
        grid(space(network), GridSearchCandidateGenerator.Mode.RandomOrder);
    first.setRngSeed(7);
    second.setRngSeed(7);
    assertFalse(
        Arrays.deepEquals(
            points(first).toArray(double[][]::new), points(second).toArray(double[][]::new)));
    // Ours: GridGeneratorTest.aShuffledGridIsAFunctionOfItsSeed.
  }

  @Test
  void jsonKeepsTheSeedOfASearchButDoesNotUseIt() {
    OptimizationConfiguration written =
        Tiny.configuration(new RandomSearchGenerator(Tiny.space()), 2);
    OptimizationConfiguration read = OptimizationConfiguration.fromJson(written.toJson());
    assertEquals(written.getRngSeed(), read.getRngSeed());
    double[] expected = written.getCandidateGenerator().getCandidate().getFlatParameters();
    assertFalse(
        Arrays.equals(expected, read.getCandidateGenerator().getCandidate().getFlatParameters()));
    read.getCandidateGenerator().setRngSeed(read.getRngSeed()); // What Sweep does.
    assertArrayEquals(expected, read.getCandidateGenerator().getCandidate().getFlatParameters());
  }

  @Test
  void adamTakesTheLearningRateForEverything() {
    Adam adam = (Adam) AdamSpace.withLR(new FixedValue<>(1e-3)).getValue(new double[0]);
    assertEquals(1e-3, adam.getBeta1());
    assertEquals(1e-3, adam.getBeta2());
    assertEquals(1e-3, adam.getEpsilon());
    assertEquals(
        AdamWSettings.published().withLearningRate(1e-3),
        new AdamWSpace.Builder().learningRate(1e-3).build().getValue(new double[0]));
  }

  @Test
  void everyCandidateSleeps() {
    JavaClasses arbiters =
        new ClassFileImporter().importPackagesOf(ComputationGraphTaskCreator.class);
    assertThrows(AssertionError.class, () -> SLEEPS_NEVER.check(arbiters));
    SLEEPS_NEVER.check(new ClassFileImporter().importPackagesOf(TransitionTaskCreator.class));
  }

  @Test
  void anExhaustedGridHangs() throws InterruptedException {
    TransitionSpace space =
        new TransitionSpace.Builder(Tiny.network(), Tiny.training())
            .optimizer(
                new AdamWSpace.Builder()
                    .learningRate(new DiscreteParameterSpace<>(1e-3, 1e-2))
                    .build())
            .build();
    LocalOptimizationRunner runner =
        new LocalOptimizationRunner(
            Tiny.configuration(grid(space, GridSearchCandidateGenerator.Mode.Sequential), 3));
    Thread thread = new Thread(runner::execute, "exhausted grid");
    thread.setDaemon(true);
    thread.start();
    while (thread.isAlive() && runner.numCandidatesCompleted() < 2) {
      thread.join(50);
    }
    thread.join(500);
    assertTrue(thread.isAlive());
    // Ours: SweepTest.anExhaustedGridEndsTheSweep.
  }
}
