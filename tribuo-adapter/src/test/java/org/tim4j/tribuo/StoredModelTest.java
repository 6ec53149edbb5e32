package org.tim4j.tribuo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tim4j.tribuo.condition.LabelConditionConverter;
import org.tim4j.tribuo.config.Tokenization;
import org.tim4j.tribuo.config.TransitionSettings;
import org.tim4j.tribuo.encoding.Scaling;
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

/**
 * Files that earlier versions wrote stay readable. {@link #main} wrote them; when a format changes,
 * add files of the new version and keep these.
 */
class StoredModelTest {
  private static final String GENERATOR = "tim-model-v0.tribuo";
  private static final String FEATURES = "tim-model-features-v0.tribuo";
  private static final String REGRESSION = "tim-regression-model-v0.tribuo";

  /** Single precision differs a little between processors. */
  private static final double TOLERANCE = 2e-4;

  private static final double[] GENERATED = {
    1, 0, 0.7977394644, 1, 1, -0.3112688458, 1.3886714627, 1, 0, 0.0000048752
  };
  private static final double[] GENERATED_FEATURES = {
    1, 0, 0.9781101921, 1, 1, -0.2886582641, 1.4846206326, 1, 1, -0.3459839747, 0.0000082907
  };
  private static final double SCORE = 0.5000392371;
  private static final double[] MOMENTS = {2.4053668626, 1.2249583934};

  @Test
  void aGeneratorOfTheFirstVersionStillWorks() throws IOException {
    try (TimModel<Label> model = (TimModel<Label>) read(GENERATOR).castModel(Label.class)) {
      assertEquals("tim-model", model.getName());
      assertTrue(
          model.getProvenance().getTrainerProvenance().toString().contains("TRIG_FLOW"),
          model.getProvenance().toString());
      assertArrayEquals(GENERATED, generated(model), TOLERANCE);
      assertEquals(SCORE, score(model), TOLERANCE);
    }
  }

  @Test
  void aGeneratorWithATokenForEachFeatureStillWorks() throws IOException {
    try (TimModel<Label> model = (TimModel<Label>) read(FEATURES).castModel(Label.class)) {
      assertArrayEquals(GENERATED_FEATURES, generated(model), TOLERANCE);
    }
  }

  @Test
  void aRegressionOfTheFirstVersionStillWorks() throws IOException {
    try (TimRegressionModel model =
        (TimRegressionModel) read(REGRESSION).castModel(Regressor.class)) {
      assertArrayEquals(MOMENTS, moments(model), TOLERANCE);
    }
  }

  @Test
  void aFileOfALaterVersionIsRefusedWithBothVersions() throws IOException {
    try (InputStream stream = StoredModelTest.class.getResourceAsStream(GENERATOR)) {
      ModelProto later = ModelProto.parseFrom(stream).toBuilder().setVersion(3).build();
      IllegalStateException error =
          assertThrows(IllegalStateException.class, () -> Model.deserialize(later));
      assertTrue(messages(error).contains("Unknown version 3"), messages(error));
    }
  }

  private static String messages(Throwable error) {
    StringBuilder messages = new StringBuilder();
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      messages.append(cause.getMessage()).append('\n');
    }
    return messages.toString();
  }

  private static Model<?> read(String name) throws IOException {
    try (InputStream stream = StoredModelTest.class.getResourceAsStream(name)) {
      return Model.deserializeFromStream(stream);
    }
  }

  private static double[] generated(TimModel<Label> model) {
    List<Double> values = new ArrayList<>();
    for (Example<Label> row :
        model.generate(List.of(new Label("a"), new Label("b"), new Label("b")), 3, 5)) {
      for (Feature feature : row) {
        values.add(feature.getValue());
      }
    }
    return values.stream().mapToDouble(v -> v).toArray();
  }

  private static double score(TimModel<Label> model) {
    return model.predict(labelled().getExample(2)).getOutputScores().get("b").getScore();
  }

  private static double[] moments(TimRegressionModel model) {
    Regressor predicted = model.predict(numbered().getExample(2)).getOutput();
    return new double[] {predicted.getValues()[0], predicted.getVariances()[0]};
  }

  /** A number without a common number of decimals, a count, a sparse one and a category. */
  private static MutableDataset<Label> labelled() {
    MutableDataset<Label> data = Tables.of(new LabelFactory(), List.of());
    for (int i = 0; i < 16; i++) {
      ArrayExample<Label> row = new ArrayExample<>(new Label(i % 2 == 0 ? "a" : "b"));
      row.add("wave", Math.sin(i) + i % 2);
      row.add("count", i % 5);
      if (i % 3 != 0) {
        row.add("sometimes", Math.cos(i));
      }
      row.add(i % 4 < 2 ? "colour@red" : "colour@green", 1);
      data.add(row);
    }
    return data;
  }

  private static MutableDataset<Regressor> numbered() {
    MutableDataset<Regressor> data = Tables.of(new RegressionFactory(), List.of());
    for (int i = 0; i < 16; i++) {
      data.add(
          new ArrayExample<>(
              new Regressor("y", Math.exp(0.1 * i)),
              new String[] {"x", "z"},
              new double[] {Math.sin(i), i}));
    }
    return data;
  }

  private static void write(Tokenization tokenization, Path file) throws IOException {
    TransitionSettings settings =
        TransitionSettings.builder()
            .steps(30)
            .batchSize(16)
            .tokenization(tokenization)
            .hiddenSize(8)
            .heads(1)
            .depth(1)
            .transport("TRIG_FLOW")
            .build();
    try (TimModel<Label> model =
        new TimTrainer<>(new LabelConditionConverter(), settings, 1).train(labelled())) {
      model.serializeToFile(file);
      System.out.println(Arrays.toString(generated(model)) + " " + score(model));
    }
  }

  /** Writes the files to the folder given and prints what they must reproduce. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    write(Tokenization.ROW, folder.resolve(GENERATOR));
    write(Tokenization.FEATURE, folder.resolve(FEATURES));
    try (TimRegressionModel model =
        new TimRegressionTrainer(Tiny.settings(30), Scaling.STANDARD, 1).train(numbered())) {
      model.serializeToFile(folder.resolve(REGRESSION));
      System.out.println(Arrays.toString(moments(model)));
    }
  }
}
