package org.tim4j.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.arbiter.candidate.Budget;
import org.tim4j.arbiter.sweep.SweepResult;
import org.tim4j.layers.Condition;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.objective.training.TrainingConfig;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;

/** Every example program, with few steps. */
class ExamplesTest {
  @TempDir Path folder;

  @Test
  void aTrainedModelIsOpenedAndDrawsTheSameSamples() {
    INDArray trained = TrainDigits.train(2, folder);
    assertArrayEquals(new long[] {16, 1, 8, 8}, trained.shape());
    assertEquals(trained, LoadAndSample.sample(folder.resolve("model.tim"), 4));
    INDArray image = Nd4j.createFromArray(new float[][] {{-1, 1}, {0, -5}});
    assertEquals(List.of(" @", "+ "), LoadAndSample.text(image).lines().toList());
    assertEquals(2, LoadAndSample.labels(16).getDouble(12));
  }

  @Test
  void plainFitChangesTheParameters() {
    TimNetwork trained = PlainFit.fit(2, 2);
    TimNetwork start = TimNetwork.create(trained.config(), 1);
    double way = trained.parameters().distance2(start.parameters());
    assertTrue(way > 0 && Double.isFinite(way), "way " + way);
  }

  @Test
  void layersStandAmongDeeplearning4jsOwn() {
    ComputationGraph graph = LayersAlone.classifier();
    INDArray shares = graph.outputSingle(Nd4j.ones(3, 1, 8, 8));
    assertArrayEquals(new long[] {3, 2}, shares.shape());
    assertArrayEquals(new float[] {1, 1, 1}, shares.sum(1).toFloatVector(), 1e-6f);
  }

  @Test
  void rowsAreMadeUpForATable() throws Exception {
    Path csv = folder.resolve("table.csv");
    StringBuilder rows = new StringBuilder("a,b,y\n");
    for (int i = 0; i < 40; i++) {
      rows.append(i).append(',').append(i % 7).append(",c").append(i % 2).append('\n');
    }
    Files.writeString(csv, rows);
    MutableDataset<Label> made = SyntheticRows.rows(csv, "y", 4);
    assertEquals(350, made.size());
    assertEquals(Set.of("a", "b"), Set.copyOf(made.getFeatureMap().keySet()));
    assertTrue(
        made.getData().subList(300, 350).stream()
            .allMatch(row -> row.getOutput().getLabel().equals("c1")));
  }

  @Test
  void aSweepFindsACandidate() throws Exception {
    TimNetworkConfig network =
        TimNetworkConfig.builder()
            .channels(1)
            .patch(4)
            .hidden(8)
            .depth(1)
            .heads(1)
            .condition(new Condition.Classes(10, true))
            .runtime(TimRuntime.FUSED)
            .build();
    TrainingConfig training = TrainingConfig.builder().batchSize(4).build();
    SweepResult result = SmallSweep.sweep(network, training, Budget.steps(9), folder);
    assertEquals(27 * 1 + 9 * 2 + 3 * 6, result.steps());
    assertTrue(Double.isFinite(result.best().orElseThrow().score()));
  }

  /** d tanh(x·w) = (1 − tanh²(x·w))·(dx·w), with x·w = (−0.5, −0.6) and dx·w = (1, 2). */
  @Test
  void theDerivativeIsTheOneOfTheClosedForm() {
    double[] expected = {1 - Math.pow(Math.tanh(-0.5), 2), 2 * (1 - Math.pow(Math.tanh(-0.6), 2))};
    assertArrayEquals(expected, ForwardModeDerivative.derivative().toDoubleVector(), 1e-12);
  }

  @Test
  void everyProgramFitsOnAPage() throws IOException {
    try (Stream<Path> programs = Files.list(Path.of("src/main/java/org/tim4j/examples"))) {
      for (Path program : programs.toList()) {
        assertTrue(Files.readAllLines(program).size() <= 60, program.toString());
      }
    }
  }
}
