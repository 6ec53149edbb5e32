package org.tim4j.arbiter.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import org.apache.commons.math3.exception.NumberIsTooLargeException;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.BooleanSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.deeplearning4j.arbiter.saver.local.FileModelSaver;
import org.junit.jupiter.api.Test;
import org.tim4j.arbiter.Tiny;
import org.tim4j.arbiter.space.IntervalSamplerSpace;
import org.tim4j.arbiter.space.IntervalWeightingSpace;
import org.tim4j.arbiter.space.TimNetworkSpace;
import org.tim4j.arbiter.space.TransitionSpace;
import org.tim4j.arbiter.space.TransportSpace;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.interval.TimeWarp;

class SweepCheckTest {
  private static String refusal(CandidateGenerator generator) {
    return refusal(Tiny.configuration(generator, 2));
  }

  private static String refusal(OptimizationConfiguration configuration) {
    return assertThrows(InvalidInputException.class, () -> Sweep.builder(configuration).build())
        .getMessage();
  }

  @Test
  void ratiosThatMaySumToMoreThanOneAreRefused() {
    TransitionSpace space =
        new TransitionSpace.Builder(Tiny.network(), Tiny.training())
            .intervals(
                new IntervalSamplerSpace.Builder()
                    .diffusionRatio(new ContinuousParameterSpace(0.2, 0.8))
                    .consistencyRatio(new ContinuousParameterSpace(0.1, 0.5))
                    .build())
            .build();
    String refusal = refusal(new RandomSearchGenerator(space));
    assertTrue(
        refusal.startsWith(
            "the space holds candidates that cannot exist: diffusionRatio 0.8 and"
                + " consistencyRatio 0.5 sum to more than 1"),
        refusal);
  }

  @Test
  void anEmptySetIsRefused() {
    TransitionSpace space =
        new TransitionSpace.Builder(Tiny.network(), Tiny.training())
            .weighting(
                new IntervalWeightingSpace.Builder()
                    .warp(new DiscreteParameterSpace<TimeWarp>())
                    .build())
            .build();
    assertEquals(
        "a DiscreteParameterSpace of the space holds no value; give it at least one",
        refusal(new RandomSearchGenerator(space)));
  }

  @Test
  void emptyRangesAreRefusedAsTheyAreMade() {
    assertThrows(NumberIsTooLargeException.class, () -> new ContinuousParameterSpace(1, 0));
    assertThrows(NumberIsTooLargeException.class, () -> new ContinuousParameterSpace(1, 1));
    assertThrows(NumberIsTooLargeException.class, () -> new IntegerParameterSpace(3, 2));
  }

  @Test
  void rangesOutsideTheirSettingsAreRefused() {
    assertRefused(
        "exponent",
        new IntervalWeightingSpace.Builder().exponent(new FixedValue<>(Double.NaN)).build());
    TransitionSpace sigma =
        new TransitionSpace.Builder(Tiny.network(), Tiny.training())
            .transport(
                new TransportSpace.Builder().sigmaData(new ContinuousParameterSpace(-1, 1)).build())
            .build();
    assertTrue(refusal(new RandomSearchGenerator(sigma)).contains("sigmaData"));
    TimNetworkSpace network =
        new TimNetworkSpace.Builder(Tiny.network())
            .heads(new DiscreteParameterSpace<>(1, 3))
            .build();
    assertTrue(
        refusal(
                new RandomSearchGenerator(
                    new TransitionSpace.Builder(network, Tiny.training()).build()))
            .contains("heads"));
  }

  private static void assertRefused(String part, IntervalWeightingSpace weighting) {
    TransitionSpace space =
        new TransitionSpace.Builder(Tiny.network(), Tiny.training()).weighting(weighting).build();
    String refusal = refusal(new RandomSearchGenerator(space));
    assertTrue(refusal.contains(part), refusal);
  }

  @Test
  void arbitersGridIsRefusedWhereItMiscounts() {
    TimNetworkSpace booleans =
        new TimNetworkSpace.Builder(Tiny.network()).qkNorm(new BooleanSpace()).build();
    TimNetworkSpace single =
        new TimNetworkSpace.Builder(Tiny.network()).depth(new DiscreteParameterSpace<>(1)).build();
    assertTrue(refusal(grid(booleans, false)).contains("BooleanSpace; use GridGenerator"));
    assertTrue(refusal(grid(single, false)).contains("one-value leaf"));
    TimNetworkSpace fine =
        new TimNetworkSpace.Builder(Tiny.network())
            .depth(new DiscreteParameterSpace<>(1, 2))
            .build();
    assertTrue(refusal(grid(fine, true)).contains("shuffles without the seed"));
  }

  private static CandidateGenerator grid(TimNetworkSpace network, boolean shuffled) {
    return new GridSearchCandidateGenerator(
        new TransitionSpace.Builder(network, Tiny.training()).build(),
        2,
        shuffled
            ? GridSearchCandidateGenerator.Mode.RandomOrder
            : GridSearchCandidateGenerator.Mode.Sequential,
        null);
  }

  @Test
  void missingPartsAreNamed() {
    OptimizationConfiguration configuration =
        Tiny.configuration(new RandomSearchGenerator(Tiny.space()), 2);
    configuration.setRngSeed(null);
    assertTrue(refusal(configuration).contains("no rngSeed"));
    configuration.setRngSeed(1L);
    configuration.setResultSaver(new FileModelSaver(new File("models")));
    assertTrue(refusal(configuration).contains("FileModelSaver"));
    configuration.setResultSaver(null);
    configuration.setDataSource(null);
    assertTrue(refusal(configuration).startsWith("the data source is missing"));
  }
}
