package org.tim4j.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tim4j.layers.InputKind;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.objective.loss.SampleScale;
import org.tim4j.tribuo.condition.LabelConditionConverter;
import org.tim4j.tribuo.config.Tokenization;
import org.tim4j.tribuo.config.TransitionSettings;
import org.tim4j.tribuo.encoding.Scaling;
import org.tim4j.tribuo.protos.TimModelProto;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/** Tables learnt with a token for each feature. */
class FeatureTokensTest {
  private static final int ROWS = 200;
  private static MutableDataset<Label> data;
  private static TimModel<Label> model;

  /**
   * In class "down" y falls as x rises, in class "up" it rises with x; the sign of x is the colour,
   * and a column is constant. No feature on its own tells the classes apart.
   */
  @BeforeAll
  static void train() {
    data = Tables.of(new LabelFactory(), List.of());
    for (int i = 0; i < ROWS; i++) {
      boolean up = i % 2 == 0;
      double x = Math.sin(i * 0.7) * 3 + 0.001 * i;
      ArrayExample<Label> row = new ArrayExample<>(new Label(up ? "up" : "down"));
      row.add("constant", 4);
      row.add("x", x);
      row.add("y", (up ? x : -x) + 0.2 * Math.cos(i * 1.3) + 0.0001 * i);
      row.add(x > 0 ? "colour@red" : "colour@green", 1);
      data.add(row);
    }
    TransitionSettings settings =
        TransitionSettings.builder()
            .tokenization(Tokenization.FEATURE)
            .steps(400)
            .batchSize(64)
            .hiddenSize(16)
            .heads(2)
            .depth(2)
            .averageDecay(0.99)
            .learningRate(5e-3)
            .jitter(0.1)
            .sampleScale(SampleScale.ADAPTIVE)
            .build();
    model = new TimTrainer<>(new LabelConditionConverter(), settings, 1).train(data);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static List<Map<String, Double>> generate(String label) {
    List<Map<String, Double>> rows = new ArrayList<>();
    for (Example<Label> example : model.generate(ROWS, new Label(label), 8, 3)) {
      Map<String, Double> row = new TreeMap<>();
      for (Feature feature : example) {
        row.put(feature.getName(), feature.getValue());
      }
      rows.add(row);
    }
    return rows;
  }

  private static double correlation(List<Map<String, Double>> rows) {
    double[] x = rows.stream().mapToDouble(row -> row.get("x")).toArray();
    double[] y = rows.stream().mapToDouble(row -> row.get("y")).toArray();
    return new org.apache.commons.math3.stat.correlation.PearsonsCorrelation().correlation(x, y);
  }

  @Test
  void featuresDependOnEachOtherAsTheClassSays() {
    assertTrue(correlation(generate("up")) > 0.8, "up: " + correlation(generate("up")));
    assertTrue(correlation(generate("down")) < -0.8, "down: " + correlation(generate("down")));
  }

  @Test
  void theCategoryFollowsTheNumberThatItBelongsTo() {
    List<Map<String, Double>> rows = generate("up");
    rows.forEach(row -> assertEquals(4, row.get("constant")));
    long right =
        rows.stream().filter(row -> row.containsKey("colour@red") == row.get("x") > 0).count();
    assertTrue(right >= 0.85 * ROWS, right + " of " + ROWS);
  }

  @Test
  void theLikelihoodTellsTheClassesApart() {
    int right = 0;
    for (int i = 0; i < 40; i++) {
      Example<Label> row = data.getExample(i);
      right += model.predict(row).getOutput().getLabel().equals(row.getOutput().getLabel()) ? 1 : 0;
    }
    assertTrue(right >= 32, right + " of 40");
  }

  @Test
  void theProtobufGivesTheSameModelBack() throws Exception {
    ModelProto proto = model.serialize();
    TimNetworkConfig network = network(proto);
    assertEquals(InputKind.ROWS, network.inputKind());
    assertEquals(List.of(2, 1, 1), network.columns());
    try (TimModel<?> copy = (TimModel<?>) Model.deserialize(proto)) {
      assertEquals(Tiny.rows(model.generate(5, 2, 7)), Tiny.rows(copy.generate(5, 2, 7)));
    }
  }

  private static TimNetworkConfig network(ModelProto proto) throws Exception {
    return TimNetworkConfig.fromJson(
        proto.getSerializedData().unpack(TimModelProto.class).getGenerator().getNetworkConfig());
  }

  @Test
  void aProtobufWhoseColumnsAreNotThoseOfTheEncodingIsRefused() throws Exception {
    ModelProto proto = model.serialize();
    TimModelProto.Builder damaged =
        proto.getSerializedData().unpack(TimModelProto.class).toBuilder();
    String other = network(proto).toBuilder().columns(List.of(1, 2, 1)).build().toJson();
    damaged.getGeneratorBuilder().setNetworkConfig(other);
    ModelProto changed = proto.toBuilder().setSerializedData(Any.pack(damaged.build())).build();
    assertThrows(IllegalStateException.class, () -> Model.deserialize(changed));
  }

  @Test
  void regressionsHaveATokenForEachOutput() {
    MutableDataset<Regressor> numbers = Tables.of(new RegressionFactory(), List.of());
    for (int i = 0; i < 16; i++) {
      numbers.add(
          new ArrayExample<>(
              new Regressor(new String[] {"a", "b"}, new double[] {i, -i}),
              new String[] {"x"},
              new double[] {Math.sin(i)}));
    }
    TransitionSettings settings =
        TransitionSettings.builder()
            .tokenization(Tokenization.FEATURE)
            .steps(3)
            .batchSize(8)
            .hiddenSize(8)
            .heads(1)
            .depth(1)
            .build();
    try (TimRegressionModel regression =
            new TimRegressionTrainer(settings, Scaling.STANDARD, 1).train(numbers);
        TimRegressionModel copy =
            (TimRegressionModel)
                Model.deserialize(regression.serialize()).castModel(Regressor.class)) {
      Regressor predicted = regression.predict(numbers.getExample(3)).getOutput();
      assertEquals(2, predicted.size());
      assertEquals(predicted, copy.predict(numbers.getExample(3)).getOutput());
    }
  }
}
