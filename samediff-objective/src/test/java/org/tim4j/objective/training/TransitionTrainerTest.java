package org.tim4j.objective.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.loss.GuidanceFreeTraining;
import org.tim4j.objective.loss.Tangent;

class TransitionTrainerTest {
  @Test
  void oneSeedGivesTheSameBits() {
    TransitionTrainer first = TinyRun.trainer(TinyRun.config().build());
    TransitionTrainer second = TinyRun.trainer(TinyRun.config().build());
    first.train();
    second.train();
    assertArrayEquals(
        first.network().parameters().toFloatVector(),
        second.network().parameters().toFloatVector());
    assertArrayEquals(
        first.state().average().toFloatVector(), second.state().average().toFloatVector());
    TransitionTrainer other = TinyRun.trainer(TinyRun.config().seed(6).build());
    other.train();
    assertFalse(
        Arrays.equals(
            first.network().parameters().toFloatVector(),
            other.network().parameters().toFloatVector()));
  }

  @Test
  void aResumedRunRepeatsAnUnbrokenOne() {
    TrainingConfig config = TinyRun.config().build();
    TransitionTrainer unbroken = TinyRun.trainer(config);
    unbroken.train();

    TransitionTrainer before = TinyRun.trainer(config.toBuilder().steps(3).build());
    before.train();
    TrainerState saved = before.state();
    TimNetwork network = before.network().copy();
    TransitionTrainer after =
        new TransitionTrainer(
            network,
            config,
            TinyRun.data(DataType.FLOAT),
            List.of(),
            new TrainerState(
                saved.step(),
                saved.average().dup(),
                new OptimizerState(
                    saved.optimizer().updates(),
                    saved.optimizer().firstMoment().dup(),
                    saved.optimizer().secondMoment().dup())));
    after.train();
    assertArrayEquals(
        unbroken.network().parameters().toFloatVector(), network.parameters().toFloatVector());
    assertArrayEquals(
        unbroken.state().average().toFloatVector(), after.state().average().toFloatVector());
  }

  @Test
  void theResidualFalls() {
    TransitionTrainer trainer = TinyRun.trainer(TinyRun.config().steps(200).build());
    double[] residuals =
        IntStream.range(0, 200).mapToDouble(i -> trainer.step().residual()).toArray();
    double early = IntStream.range(0, 20).mapToDouble(i -> residuals[i]).average().orElseThrow();
    double late = IntStream.range(180, 200).mapToDouble(i -> residuals[i]).average().orElseThrow();
    assertTrue(late < 0.8 * early, "from " + early + " to " + late);
  }

  @Test
  void guidanceChangesTheTargetOfGuidedTimesOnly() {
    GuidanceFreeTraining never = new GuidanceFreeTraining(1, 0.75, 2, 3, Tangent.DATA);
    GuidanceFreeTraining always = new GuidanceFreeTraining(1, 0.75, 0, 1, Tangent.GUIDED);
    TrainingConfig plain = TinyRun.config().build();
    TransitionTrainer unguided = TinyRun.trainer(plain);
    TransitionTrainer untouched = TinyRun.trainer(plain.toBuilder().guidance(never).build());
    TransitionTrainer guided = TinyRun.trainer(plain.toBuilder().guidance(always).build());
    List.of(unguided, untouched, guided).forEach(TransitionTrainer::train);
    float[] expected = unguided.network().parameters().toFloatVector();
    assertArrayEquals(expected, untouched.network().parameters().toFloatVector());
    assertFalse(Arrays.equals(expected, guided.network().parameters().toFloatVector()));
  }

  @Test
  void divergenceStopsBeforeAnythingChanges() {
    TransitionTrainer trainer = TinyRun.trainer(TinyRun.config().build());
    trainer.step();
    trainer.network().parameters().putScalar(3, Float.NaN);
    float[] parameters = trainer.network().parameters().toFloatVector();
    float[] average = trainer.state().average().toFloatVector();
    DivergenceException e = assertThrows(DivergenceException.class, trainer::step);
    assertEquals(1, e.step());
    assertTrue(e.getMessage().contains("step 1"), e.getMessage());
    assertArrayEquals(parameters, trainer.network().parameters().toFloatVector());
    assertArrayEquals(average, trainer.state().average().toFloatVector());
    assertEquals(1, trainer.stepsMade());
    assertEquals(1, trainer.state().optimizer().updates());
  }

  /** Flow matching asks for no derivative; the others train with the one that they name. */
  @ParameterizedTest
  @EnumSource(TrainingMethod.class)
  void everyMethodTrains(TrainingMethod method) {
    TransitionTrainer trainer = TinyRun.trainer(TinyRun.config().method(method).steps(60).build());
    trainer.train();
    double before = TinyRun.trainer(TinyRun.config().method(method).build()).step().residual();
    assertTrue(trainer.step().residual() < before, method.name());
  }

  @Test
  void listenersHearOfEveryStep() {
    List<String> heard = new ArrayList<>();
    TinyRun.trainer(
            TinyRun.config().steps(2).build(),
            new TrainingListener() {
              @Override
              public void trainingStarted(TrainingProgress trainer) {
                heard.add("start at " + trainer.stepsMade());
              }

              @Override
              public void stepDone(TrainingProgress trainer, StepReport report) {
                heard.add("step " + report.step() + ", " + report.examplesSeen() + " examples");
              }

              @Override
              public void trainingEnded(TrainingProgress trainer) {
                heard.add("end at " + trainer.stepsMade());
              }
            })
        .train();
    assertEquals(
        List.of("start at 0", "step 0, 8 examples", "step 1, 16 examples", "end at 2"), heard);
  }

  @Test
  void refusesTheStateOfAnotherNetwork() {
    TimNetwork network = TinyRun.network(DataType.FLOAT);
    INDArray small = network.parameters().get(org.nd4j.linalg.indexing.NDArrayIndex.interval(0, 5));
    TrainerState foreign = new TrainerState(0, small.dup(), OptimizerState.initial(small));
    assertThrows(
        InvalidInputException.class,
        () ->
            new TransitionTrainer(
                network,
                TinyRun.config().build(),
                TinyRun.data(DataType.FLOAT),
                List.of(),
                foreign));
  }
}
