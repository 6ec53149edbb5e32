package org.tim4j.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.tim4j.tribuo.condition.MultiLabelConditionConverter;
import org.tim4j.tribuo.condition.RegressorConditionConverter;
import org.tim4j.tribuo.config.TransitionSettings;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.ImmutableDataset;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.hash.HashCodeHasher;
import org.tribuo.impl.ArrayExample;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.MultiLabelFactory;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

class TimTrainerTest {
  private static final MutableDataset<Label> DATA = Tables.catsAndDogs();

  @Test
  void theSameSeedAndInvocationGiveTheSameRows() {
    List<String> first = generated(Tiny.trainer(7), 0);
    assertEquals(first, generated(Tiny.trainer(7), 0));
    assertNotEquals(first, generated(Tiny.trainer(8), 0));
    assertNotEquals(first, generated(Tiny.trainer(7), 1));
  }

  @Test
  void concurrentTrainingsGiveTheRowsOfLonelyOnes() throws Exception {
    List<String> lonely = generated(Tiny.trainer(7), 0);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<List<String>> training = () -> generated(Tiny.trainer(7), 0);
      List<Future<List<String>>> results = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        results.add(threads.submit(training));
      }
      for (Future<List<String>> result : results) {
        assertEquals(lonely, result.get());
      }
    } finally {
      threads.shutdown();
    }
  }

  private static List<String> generated(TimTrainer<Label> trainer, int invocation) {
    try (TimModel<Label> model = trainer.train(DATA, Map.of(), invocation)) {
      return Tiny.rows(model.generate(5, 2, 3));
    }
  }

  @Test
  void invocationsAreCountedAndRecorded() {
    TimTrainer<Label> trainer = Tiny.trainer(7);
    trainer.setInvocationCount(3);
    try (TimModel<Label> model = trainer.train(DATA)) {
      assertEquals(4, trainer.getInvocationCount());
      assertEquals(
          "3",
          model
              .getProvenance()
              .getTrainerProvenance()
              .getInstanceValues()
              .get("train-invocation-count")
              .toString());
    }
    assertThrows(IllegalArgumentException.class, () -> trainer.setInvocationCount(-1));
  }

  @Test
  void oneClassAndSparseAndBinaryFeaturesAreLearnt() {
    List<Example<Label>> examples = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      ArrayExample<Label> example = new ArrayExample<>(new Label("only"));
      example.add("always", i);
      if (i % 2 == 0) {
        example.add("sometimes", i + 0.5);
      }
      if (i % 3 == 0) {
        example.add("flag", 1);
      }
      examples.add(example);
    }
    try (TimModel<Label> model = Tiny.trainer(1).train(Tables.of(new LabelFactory(), examples))) {
      for (Example<Label> row : model.generate(20, 2, 1)) {
        assertEquals("only", row.getOutput().getLabel());
        row.forEach(
            feature -> {
              double value = feature.getValue();
              switch (feature.getName()) {
                case "always" -> assertTrue(value == Math.rint(value) && value >= 0 && value <= 5);
                case "sometimes" -> assertTrue(value >= 0.5 && value <= 4.5);
                default -> assertEquals(1, value);
              }
            });
      }
      Prediction<Label> prediction = model.predict(examples.get(0));
      assertEquals("only", prediction.getOutput().getLabel());
      assertEquals(1, prediction.getOutput().getScore());
    }
  }

  @Test
  void numbersAndSetsOfLabelsAreConditionsToo() {
    List<Example<Regressor>> numbers = new ArrayList<>();
    List<Example<MultiLabel>> sets = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String[] names = {"x"};
      double[] values = {i};
      numbers.add(
          new ArrayExample<>(
              new Regressor(new String[] {"a", "b"}, new double[] {i, -2 * i}), names, values));
      Set<Label> labels = i % 2 == 0 ? Set.of(new Label("even")) : Set.of(new Label("odd"));
      sets.add(new ArrayExample<>(new MultiLabel(labels), names, values));
    }
    try (TimModel<Regressor> model =
        new TimTrainer<>(new RegressorConditionConverter(), Tiny.settings(4), 1)
            .train(Tables.of(new RegressionFactory(), numbers))) {
      assertEquals(6, model.generate(6, 1, 1).size());
      assertEquals(2, model.predict(numbers.get(0)).getOutput().size());
    }
    try (TimModel<MultiLabel> model =
        new TimTrainer<>(new MultiLabelConditionConverter(), Tiny.settings(4), 1)
            .train(Tables.of(new MultiLabelFactory(), sets))) {
      assertEquals(6, model.generate(6, 1, 1).size());
      assertEquals(Set.of("even", "odd"), model.predict(sets.get(0)).getOutputScores().keySet());
    }
  }

  @Test
  void unusableDataAreRefused() {
    LabelFactory factory = new LabelFactory();
    assertRefused("empty", () -> train(Tables.of(factory, List.of())));
    assertRefused(
        "unknown outputs",
        () -> train(Tables.of(factory, List.of(row(factory.getUnknownOutput(), 1)))));
    assertRefused(
        "Infinity",
        () ->
            train(
                Tables.of(factory, List.of(row(new Label("a"), 1), row(new Label("a"), 1 / 0.0)))));
    assertRefused(
        "nothing to learn",
        () -> train(Tables.of(factory, List.of(row(new Label("a"), 1), row(new Label("a"), 1)))));
    Dataset<Label> hashed =
        ImmutableDataset.hashFeatureMap(DATA, new HashCodeHasher("a salt of some length"));
    assertRefused("hashes its feature names", () -> train(hashed));
  }

  private static void train(Dataset<Label> data) {
    Tiny.trainer(1).train(data).close();
  }

  private static Example<Label> row(Label label, double value) {
    return new ArrayExample<>(label, new String[] {"x"}, new double[] {value});
  }

  private static void assertRefused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void settingsOutOfRangeAreNamed() {
    assertProperty("steps", TransitionSettings.builder().steps(-1));
    assertProperty("batchSize", TransitionSettings.builder().batchSize(-1));
    assertProperty("learningRate", TransitionSettings.builder().learningRate(Double.NaN));
    assertProperty("weightDecay", TransitionSettings.builder().weightDecay(-1));
    assertProperty("averageDecay", TransitionSettings.builder().averageDecay(1));
    assertProperty("hiddenSize", TransitionSettings.builder().hiddenSize(30));
    assertProperty("tokenization", TransitionSettings.builder().tokenization(null));
    assertProperty("depth", TransitionSettings.builder().depth(0));
    assertProperty("heads", TransitionSettings.builder().heads(0));
    assertProperty("consistencyRatio", TransitionSettings.builder().consistencyRatio(0.6));
    assertProperty("jitter", TransitionSettings.builder().jitter(-0.1));
  }

  private static void assertProperty(String property, TransitionSettings.Builder builder) {
    PropertyException error = assertThrows(PropertyException.class, builder::build);
    assertEquals(property, error.getProperty());
  }
}
