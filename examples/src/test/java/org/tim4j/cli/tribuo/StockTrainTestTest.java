package org.tim4j.cli.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.evaluation.LabelEvaluation;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.data.CompletelyConfigurableTrainTest;
import org.tribuo.data.csv.CSVDataSource;

/** The two commands of the README, with Tribuo's own program and the example's files. */
class StockTrainTestTest {
  private static final Path FOLDER = Path.of("tribuo").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void aClassifierOfGeneratedRowsWorksOnRealOnes() throws Exception {
    Path generator = folder.resolve("iris.model");
    Path classifier = folder.resolve("classifier.model");
    String[] data = {
      "--@iris-train.dataPath", FOLDER.resolve("iris-train.csv").toString(),
      "--@iris-test.dataPath", FOLDER.resolve("iris-test.csv").toString()
    };
    run("iris-generator.xml", "tim", "iris-train", generator, data);
    run(
        "iris-synthetic.xml",
        "logistic-regression",
        "generated-iris",
        classifier,
        data[0],
        data[1],
        data[2],
        data[3],
        "--@generated-iris.modelPath",
        generator.toString());

    LabelEvaluation evaluation = evaluate(classifier, data);
    assertEquals(30, evaluation.getPredictions().size());
    assertTrue(evaluation.accuracy() >= 0.93, evaluation.toString());
  }

  private static void run(
      String xml, String trainer, String source, Path model, String... overrides) {
    String[] args = {
      "-c",
      FOLDER.resolve(xml).toString(),
      "--trainer",
      trainer,
      "--train-source",
      source,
      "--test-source",
      "iris-test",
      "--model-output-path",
      model.toString()
    };
    CompletelyConfigurableTrainTest.main(concat(args, overrides));
    assertTrue(Files.exists(model), xml);
  }

  private static LabelEvaluation evaluate(Path file, String... overrides) throws Exception {
    String[] args = {"-c", FOLDER.resolve("iris-synthetic.xml").toString()};
    try (ConfigurationManager configuration = new ConfigurationManager(concat(args, overrides));
        ObjectInputStream stream = new ObjectInputStream(Files.newInputStream(file))) {
      Model<Label> model = ((Model<?>) stream.readObject()).castModel(Label.class);
      CSVDataSource<?> test = (CSVDataSource<?>) configuration.lookup("iris-test");
      @SuppressWarnings("unchecked") // The example's outputs are labels.
      MutableDataset<Label> rows = new MutableDataset<>((CSVDataSource<Label>) test);
      return new LabelEvaluator().evaluate(model, rows);
    }
  }

  private static String[] concat(String[] first, String[] second) {
    return java.util.stream.Stream.of(first, second)
        .flatMap(java.util.stream.Stream::of)
        .toArray(String[]::new);
  }
}
