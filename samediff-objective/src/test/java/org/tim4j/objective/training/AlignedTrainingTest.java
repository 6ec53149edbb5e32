package org.tim4j.objective.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.Condition;
import org.tim4j.layers.RepresentationAlignment;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** Training aligned with features that the user gives. */
class AlignedTrainingTest {
  private static final int TOKENS = 4;
  private static final int FEATURES = 5;
  private static final int STEPS = 250;

  private static TimNetwork network(RepresentationAlignment head, TimRuntime runtime) {
    return TimNetwork.create(
        TimNetworkConfig.builder()
            .channels(1)
            .patch(2)
            .hidden(16)
            .depth(2)
            .heads(2)
            .condition(new Condition.Classes(3, true))
            .representation(head)
            .runtime(runtime)
            .build(),
        11);
  }

  /** The features of a picture are those of its class, different in every token. */
  private static Examples examples(long... featureShape) {
    Examples plain = TinyRun.data(DataType.FLOAT).batch(1, 0, 12);
    INDArray ofClasses =
        RandomStream.of(8, 0, Purpose.EVALUATION).gaussians(DataType.FLOAT, 3, TOKENS * FEATURES);
    INDArray features = Nd4j.create(DataType.FLOAT, 12, TOKENS * FEATURES);
    for (int i = 0; i < 12; i++) {
      features.getRow(i).assign(ofClasses.getRow(plain.condition().getInt(i)));
    }
    return new Examples(plain.x(), plain.condition(), features.reshape(featureShape));
  }

  private static TransitionTrainer trainer(TimNetwork network, Examples examples) {
    TrainingConfig config =
        TinyRun.config()
            .steps(STEPS)
            .optimizer(AdamWSettings.published().withLearningRate(1e-2))
            .build();
    return new TransitionTrainer(network, config, new InMemoryData(examples), List.of());
  }

  @ParameterizedTest
  @EnumSource(TimRuntime.class)
  void theHeadLearnsTheFeaturesAndTheNetworkTheObjective(TimRuntime runtime) {
    TransitionTrainer trainer =
        trainer(
            network(new RepresentationAlignment(1, 8, FEATURES), runtime),
            examples(12, TOKENS, FEATURES));
    double[] alignment = new double[STEPS];
    double[] residual = new double[STEPS];
    for (int step = 0; step < STEPS; step++) {
      StepReport report = trainer.step();
      alignment[step] = report.alignment();
      residual[step] = report.residual();
    }
    // 1 is the distance of unrelated features; the noisiest pictures tell nothing of their class
    // but the class itself is given.
    assertTrue(mean(alignment, 0, 5) > 0.8, "at first " + mean(alignment, 0, 5));
    assertTrue(
        mean(alignment, STEPS - 20, STEPS) < 0.6, "at last " + mean(alignment, STEPS - 20, STEPS));
    assertTrue(mean(residual, STEPS - 20, STEPS) < mean(residual, 0, 20), "residual");
  }

  private static double mean(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).average().orElseThrow();
  }

  /** Without features the head is not trained by a loss, and the rest as if there were none. */
  @Test
  void featuresMayBeLeftOut() {
    Examples with = examples(12, TOKENS, FEATURES);
    Examples without = new Examples(with.x(), with.condition());
    TransitionTrainer headed =
        trainer(network(new RepresentationAlignment(1, 8, FEATURES), TimRuntime.FUSED), without);
    TransitionTrainer plain = trainer(network(null, TimRuntime.FUSED), without);
    for (int step = 0; step < 3; step++) {
      assertEquals(0, headed.step().alignment());
      plain.step();
    }
    plain
        .network()
        .parameterTable()
        .forEach(
            (name, values) ->
                assertArrayEquals(
                    values.dup('c').data().asFloat(),
                    headed.network().parameterTable().get(name).dup('c').data().asFloat(),
                    1e-6f,
                    name));
    TransitionTrainer aligned =
        trainer(network(new RepresentationAlignment(1, 8, FEATURES), TimRuntime.FUSED), with);
    for (int step = 0; step < 3; step++) {
      aligned.step();
    }
    assertFalse(aligned.network().parameters().equalsWithEps(headed.network().parameters(), 1e-3));
  }

  @Test
  void featuresThatDoNotFitTheHeadAreRefused() {
    TransitionTrainer headless =
        trainer(network(null, TimRuntime.FUSED), examples(12, TOKENS, FEATURES));
    InvalidInputException refusal = assertThrows(InvalidInputException.class, headless::step);
    assertTrue(refusal.getMessage().contains("no alignment head"), refusal.getMessage());
    TransitionTrainer other =
        trainer(
            network(new RepresentationAlignment(1, 8, FEATURES), TimRuntime.FUSED),
            examples(12, FEATURES, TOKENS));
    INDArray before = other.network().parameters().dup();
    refusal = assertThrows(InvalidInputException.class, other::step);
    assertTrue(refusal.getMessage().contains("[8, 5, 4]"), refusal.getMessage());
    assertEquals(before, other.network().parameters());
  }
}
