package org.tim4j.objective.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.reference.CaseResult;
import org.tim4j.layers.reference.LayerSuite;
import org.tim4j.layers.reference.NetworkSuite;
import org.tim4j.layers.reference.ReferenceFile;
import org.tim4j.layers.reference.ReferenceFolder;
import org.tim4j.layers.reference.ReferenceNetwork;
import org.tim4j.layers.reference.ReferenceSuite;
import org.tim4j.layers.weights.TensorType;
import org.tim4j.objective.NetworkTransition;
import org.tim4j.objective.derivative.FiniteDifference;

/** Transports, losses, training and sampling of the authors' code, by ours. */
class ReferenceCasesTest {
  private static final ReferenceFolder FOLDER =
      new ReferenceFolder(Path.of(System.getProperty("tim.golden")));

  /** The layers' own tests run the other suites. */
  static Stream<CaseResult> cases() {
    return Verification.suites(FOLDER).stream()
        .filter(suite -> !(suite instanceof LayerSuite || suite instanceof NetworkSuite))
        .flatMap((ReferenceSuite suite) -> suite.run(FOLDER).stream());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agrees(CaseResult result) {
    assertTrue(result.arrays() > 0 && result.passed(), result.toString());
    if (List.of("time_sampling", "weights").contains(result.file())) {
      assertTrue(result.maxError() <= 1e-12, result.toString());
    }
  }

  @Test
  void everyTrainingStepIsThere() {
    assertEquals(List.of("train_otfm", "train_trigflow"), TrainingSuite.names(FOLDER));
  }

  /** Against the exact derivative of the authors' forward mode. */
  @ParameterizedTest
  @ValueSource(strings = {"train_otfm", "train_trigflow"})
  void theErrorOfTheDifferenceFallsWithTheSquareOfEpsilon(String name) {
    try (ReferenceFile file = FOLDER.open(name, TensorType.F64);
        ReferenceFile weights = FOLDER.open(TrainingSuite.WEIGHTS, TensorType.F64)) {
      TrainingStep step =
          TrainingStep.of(
              file, ReferenceNetwork.load(weights, DataType.DOUBLE, TimRuntime.SAMEDIFF));
      NetworkTransition function = new NetworkTransition(step.network(), step.transport());
      INDArray exact = file.array("dF_jvp", DataType.DOUBLE, step.draw().batch().x().shape());
      double slope = 0;
      for (int k = 0; k < 4; k++) {
        INDArray derivative =
            FiniteDifference.withEpsilon(5e-4 * (1 << k))
                .of(function, step.transport(), step.draw().batch());
        double error = derivative.sub(exact).norm2Number().doubleValue();
        // Least squares over k = 0 … 3: Σ (k - 1.5)² = 5.
        slope += (k - 1.5) * Math.log(error) / (5 * Math.log(2));
      }
      assertTrue(slope > 1.9 && slope < 2.1, name + " has order " + slope);
    }
  }
}
