package org.tim4j.objective.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.interval.Weighting;
import org.tim4j.objective.loss.DirectionalPart;
import org.tim4j.objective.loss.SampleScale;
import org.tim4j.objective.loss.TransitionLoss;
import org.tim4j.objective.register.OwnTypes;
import org.tim4j.objective.transport.PathCoefficients;
import org.tim4j.objective.transport.PredictionCoefficients;
import org.tim4j.objective.transport.TimeLaw;
import org.tim4j.objective.transport.Transport;

/** Transports, distributions and weightings that the library does not know. */
class OwnTypesTest {
  /** What no service names. */
  private record Unnamed(TimeLaw timeLaw, double sigmaData) implements Transport {
    @Override
    public PathCoefficients path(double t) {
      return new PathCoefficients(1 - t, t, -1, 1);
    }

    @Override
    public PredictionCoefficients prediction(double t) {
      return new PredictionCoefficients(-1, 1, 0, 0);
    }

    @Override
    public double cNoise(double t) {
      return t;
    }

    @Override
    public double dCNoise(double t) {
      return 1;
    }

    @Override
    public double tMin() {
      return 0;
    }

    @Override
    public double tMax() {
      return 1;
    }
  }

  @TempDir Path folder;

  private static TrainingConfig config(Transport transport, Weighting weighting) {
    return TinyRun.config()
        .steps(3)
        .transport(transport)
        .loss(new TransitionLoss(weighting, DirectionalPart.NONE, SampleScale.ADAPTIVE))
        .build();
  }

  private static void train(TrainingConfig config, Path model) {
    new TransitionTrainer(
            TinyRun.network(DataType.FLOAT),
            config,
            TinyRun.data(DataType.FLOAT),
            List.of(new CheckpointListener(model, 1)))
        .train();
  }

  @Test
  void typesThatAServiceNamesAreOpenedAgain() {
    TrainingConfig config =
        config(new OwnTypes.Line(new OwnTypes.Constant(0.5), 0.7), new OwnTypes.Falling(0.25));
    Path model = folder.resolve("model.tim");
    for (int run = 0; run < 2; run++) {
      train(config, model);
      assertEquals(config, Checkpoint.open(model).config());
      assertEquals(3, Checkpoint.open(model).step());
    }
    assertEquals(
        config,
        RunSettings.parse(
                "the settings",
                new RunSettings(TinyRun.network(DataType.FLOAT).config(), config)
                    .toJson()
                    .toString())
            .training());
  }

  @Test
  void aWeightingOfOnesOwnWeighsTransitionsAlone() {
    assertEquals(
        List.of(1.0, 0.9),
        Arrays.stream(
                new OwnTypes.Falling(0.5)
                    .weights(new Intervals(new double[] {0.6, 0.5}, new double[] {0.6, 0.3}, 1), 1))
            .boxed()
            .toList());
    Weighting endless = (t, r, sigmaData) -> 1 / (t - t);
    assertThrows(
        InvalidInputException.class,
        () -> endless.weights(new Intervals(new double[] {0.5}, new double[] {0.1}, 0), 1));
  }

  @Test
  void typesThatNobodyNamesAreRefusedBeforeTheFirstStep() throws Exception {
    Path model = folder.resolve("model.tim");
    Weighting lambda = (t, r, sigmaData) -> 1;
    for (TrainingConfig config :
        List.of(
            config(new Unnamed(new TimeLaw.Uniform(0, 1), 1), new OwnTypes.Falling(0.5)),
            config(new OwnTypes.Line(new TimeLaw.Uniform(0, 1), 1), lambda))) {
      String message =
          assertThrows(InvalidInputException.class, () -> train(config, model)).getMessage();
      assertTrue(message.contains("could not be read again"), message);
      assertTrue(message.contains("org.tim4j.objective.register.ObjectiveTypes"), message);
      assertFalse(Files.exists(model));
    }
    TrainingConfig known =
        config(new OwnTypes.Line(new TimeLaw.Uniform(0, 1), 1), new OwnTypes.Falling(0));
    train(known, model);
    assertThrows(
        InvalidInputException.class,
        () ->
            train(
                config(new Unnamed(new TimeLaw.Uniform(0, 1), 1), new OwnTypes.Falling(0)), model));
    assertEquals(known, Checkpoint.open(model).config());
  }
}
