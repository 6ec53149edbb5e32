package org.tim4j.arbiter.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.TaskCreatorProvider;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.BooleanSpace;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.junit.jupiter.api.Test;
import org.tim4j.arbiter.Tiny;
import org.tim4j.arbiter.candidate.Budget;
import org.tim4j.arbiter.candidate.TransitionCandidate;
import org.tim4j.arbiter.task.TransitionTaskCreator;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.IntervalCondition;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.interval.IntervalSampler;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.interval.TimeWarp;
import org.tim4j.objective.training.AdamWSettings;
import org.tim4j.objective.training.DerivativeSettings;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.TimeLaw;

class TransitionSpaceTest {
  private static TransitionSpace everything() {
    TimNetworkSpace network =
        new TimNetworkSpace.Builder(Tiny.network())
            .hidden(new DiscreteParameterSpace<>(16, 32))
            .depth(new IntegerParameterSpace(1, 3))
            .distanceAware(new BooleanSpace())
            .intervalCondition(new DiscreteParameterSpace<>(IntervalCondition.values()))
            .build();
    return new TransitionSpace.Builder(network, Tiny.training())
        .derivative(
            new DerivativeSpace.Builder().epsilon(new ContinuousParameterSpace(1e-3, 1e-2)).build())
        .optimizer(
            new AdamWSpace.Builder().learningRate(new ContinuousParameterSpace(1e-4, 1e-2)).build())
        .weighting(
            new IntervalWeightingSpace.Builder()
                .exponent(new ContinuousParameterSpace(-2, 0))
                .build())
        .budget(Budget.steps(7))
        .build();
  }

  private static TransitionCandidate value(TransitionSpace space, double... values) {
    new RandomSearchGenerator(space); // numbers the leaves
    return space.getValue(values);
  }

  @Test
  void aCandidateHoldsNetworkAndTrainingOfItsPoint() {
    // The order of the leaves is that of the space's fields: transport, intervals, weighting.
    TransitionCandidate candidate = value(Tiny.space(), 0.75, 0, 0.5, 0.5, 0.9);
    assertEquals(Tiny.network(), candidate.network());
    TrainingConfig training = candidate.training();
    assertEquals(new OtFlowMatching(new TimeLaw.LogitNormal(0.5, 1), 0.5), training.transport());
    assertEquals(new IntervalSampler(0.5, 0.1), training.intervals());
    assertEquals(IntervalWeighting.power(-0.5, TimeWarp.TANGENT), training.loss().weighting());
    assertEquals(Tiny.training().optimizer(), training.optimizer());
    assertEquals(4, training.steps());
    assertEquals(Budget.steps(4), candidate.budget());
  }

  @Test
  void networksVaryAndTheRankFollowsTheWidth() {
    TransitionCandidate candidate = value(everything(), 0.9, 0.9, 0.9, 0, 0.5, 0, 1);
    TimNetworkConfig expected =
        Tiny.network().toBuilder()
            .hidden(32)
            .modulationRank(24)
            .depth(3)
            .distanceAware(false)
            .intervalCondition(IntervalCondition.values()[0])
            .build();
    assertEquals(expected, candidate.network());
    assertEquals(-1, ((IntervalWeighting) candidate.training().loss().weighting()).exponent());
    assertEquals(
        new DerivativeSettings(DerivativeSettings.Method.DDE, 1e-3),
        candidate.training().derivative());
    assertEquals(
        AdamWSettings.published().withLearningRate(1e-2), candidate.training().optimizer());
    assertEquals(7, candidate.training().steps());
  }

  @Test
  void jsonAndYamlKeepSpaceAndCandidates() {
    for (TransitionSpace space : List.of(Tiny.space(), everything())) {
      double[] values = {0.2, 0.8, 0.3, 0.6, 0.9, 0.1, 0.7};
      TransitionCandidate candidate = value(space, values);
      TransitionSpace fromJson = TransitionSpace.fromJson(space.toJson());
      TransitionSpace fromYaml = TransitionSpace.fromYaml(space.toYaml());
      assertEquals(space.toJson(), fromJson.toJson());
      assertEquals(space.toJson(), fromYaml.toJson());
      assertEquals(candidate, fromJson.getValue(values));
      assertEquals(candidate, fromYaml.getValue(values));
      assertEquals(space.numParameters(), fromJson.numParameters());
    }
    assertThrows(InvalidInputException.class, () -> TransitionSpace.fromJson("{"));
  }

  @Test
  void spacesAreComparedByWhatVariesAndWhatDoesNot() {
    assertEquals(
        new TransitionSpace.Builder(Tiny.network(), Tiny.training()).build(),
        new TransitionSpace.Builder(Tiny.network(), Tiny.training())
            .budget(Budget.steps(4))
            .build());
    assertNotEquals(
        new TransitionSpace.Builder(Tiny.network(), Tiny.training()).build(),
        new TransitionSpace.Builder(
                Tiny.network(), Tiny.training().toBuilder().batchSize(5).build())
            .build());
    assertEquals(
        new TimNetworkSpace.Builder(Tiny.network()).heads(2).build(),
        new TimNetworkSpace.Builder(Tiny.network()).heads(2).build());
    assertNotEquals(
        new TimNetworkSpace.Builder(Tiny.network()).build(),
        new TimNetworkSpace.Builder(Tiny.network().toBuilder().depth(2).build()).build());
  }

  @Test
  void settingsThatDoNotFitMakeACandidateWithTheReason() {
    TransitionSpace space =
        new TransitionSpace.Builder(Tiny.network(), Tiny.training())
            .intervals(
                new IntervalSamplerSpace.Builder()
                    .diffusionRatio(new ContinuousParameterSpace(0, 1))
                    .build())
            .build();
    TransitionCandidate candidate = value(space, 0.95);
    assertFalse(candidate.isPossible());
    assertEquals(
        "diffusionRatio 0.95 and consistencyRatio 0.1 sum to more than 1; a sample cannot be both,"
            + " lower one of them",
        candidate.refusal());
    assertThrows(InvalidInputException.class, candidate::network);
    assertEquals(candidate, candidate.withBudget(Budget.steps(2)));
  }

  @Test
  void candidatesSurviveArbitersSerialisation() {
    Candidate<?> drawn = new RandomSearchGenerator(Tiny.space()).getCandidate();
    TransitionCandidate candidate = (TransitionCandidate) drawn.getValue();
    assertEquals(5, drawn.getFlatParameters().length);
    assertEquals(Tiny.network(), candidate.network());
    assertEquals(2, candidate.withBudget(Budget.steps(2)).training().steps());
    assertEquals(Integer.MAX_VALUE, candidate.withBudget(Budget.seconds(0.5)).training().steps());
  }

  @Test
  void arbitersRunnerFindsTheTaskCreator() {
    assertEquals(
        TransitionTaskCreator.class,
        TaskCreatorProvider.defaultTaskCreatorFor(Tiny.space().getClass()).getClass());
  }

  @Test
  void budgetsAreCheckedAndDivided() {
    assertEquals(Budget.steps(3), Budget.steps(10).part(0.3));
    assertEquals(Budget.steps(1), Budget.steps(10).part(0.01));
    assertEquals(Budget.seconds(0.5), Budget.seconds(2).part(0.25));
    assertEquals(
        "the budget of a candidate is 1.5 steps; give a whole number of them",
        assertThrows(InvalidInputException.class, () -> new Budget(Budget.Unit.STEPS, 1.5))
            .getMessage());
    assertThrows(InvalidInputException.class, () -> Budget.seconds(0));
  }
}
