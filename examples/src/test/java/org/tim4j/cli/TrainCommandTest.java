package org.tim4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tim4j.cli.image.PngFile;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.image.ImageShape;
import org.tim4j.objective.training.Checkpoint;
import org.tim4j.objective.training.RunSettings;

/** The commands around one tiny model, trained once. */
class TrainCommandTest {
  private static final String[] TINY = {
    "--set", "hidden=16", "--set", "depth=1", "--set", "heads=2", "--set", "batchSize=8"
  };

  @TempDir static Path folder;
  private static Path model;

  private static Run train(Path out, String... more) {
    List<String> args =
        new ArrayList<>(List.of("train", "--data", "digits", "--out", out.toString()));
    args.addAll(List.of("--nfe", "1,2", "--samples-per-class", "2", "--checkpoint-every", "2"));
    args.addAll(List.of(TINY));
    args.addAll(List.of(more));
    return Run.tim(args.toArray(String[]::new));
  }

  @BeforeAll
  static void trainTinyModel() {
    model = folder.resolve("tiny");
    Run run = train(model, "--steps", "4", "--seed", "3");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("4 steps"), run.out());
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  @Test
  void runLeavesAllItsFiles() throws IOException {
    for (String name : List.of("loss.png", "grid.png", "nfe.png", "run.json", "model.tim")) {
      assertTrue(Files.exists(model.resolve(name)), name);
    }
    List<String> log = Files.readAllLines(model.resolve("loss.csv"));
    assertEquals("step,examples_seen,loss,residual,gradient_norm,seconds", log.get(0));
    assertEquals(5, log.size());
    assertTrue(log.get(4).startsWith("3,32,"));
  }

  @Test
  void metricsHoldTheFiguresOfEveryNfe() throws IOException {
    JsonNode metrics = json(model.resolve("metrics.json"));
    assertEquals("digits", metrics.get("data").asText());
    assertEquals(3, metrics.get("seed").asLong());
    assertEquals(4, metrics.get("steps").asLong());
    JsonNode evaluation = metrics.get("evaluation");
    assertEquals(20, evaluation.get("samples").asInt());
    assertEquals(1797, evaluation.get("realImages").asInt());
    assertEquals(2, evaluation.get("figures").size());
    JsonNode figures = evaluation.get("figures").get(1);
    assertEquals(2, figures.get("nfe").asInt());
    for (String name : List.of("classAgreement", "precision", "recall")) {
      double share = figures.get(name).asDouble(-1);
      assertTrue(share >= 0 && share <= 1, name);
    }
    assertTrue(figures.get("frechet").asDouble() > 1);
    assertTrue(evaluation.get("floor").get("classAgreement").asDouble() >= 0.97);
  }

  @Test
  void gridKeepsItsParameters() {
    Map<String, String> texts = PngFile.texts(model.resolve("grid.png"));
    assertEquals("1,2,4,8,32", texts.get("tim.nfe"));
    assertEquals("0,1,2,3,4,5,6,7,8,9", texts.get("tim.classes"));
    assertEquals("4", texts.get("tim.trainingSteps"));
    assertEquals("3", texts.get("tim.seed"));
  }

  @Test
  void resumedRunEqualsAnUnbrokenOne() throws IOException {
    Path broken = folder.resolve("broken");
    assertEquals(0, train(broken, "--steps", "2", "--seed", "3").code());
    assertTrue(
        train(broken, "--steps", "4", "--seed", "3").refusal().contains("holds a model already"));
    assertTrue(
        train(broken, "--steps", "4", "--seed", "4", "--resume")
            .refusal()
            .contains("with other settings"));
    assertTrue(
        train(broken, "--steps", "1", "--seed", "3", "--resume")
            .refusal()
            .contains("has made 2 steps already"));
    Run run = train(broken, "--steps", "4", "--seed", "3", "--resume");
    assertEquals(0, run.code(), run.err());
    assertEquals(5, Files.readAllLines(broken.resolve("loss.csv")).size());
    for (String name : List.of("weights.safetensors", "ema.safetensors")) {
      assertArrayEquals(
          Files.readAllBytes(model.resolve("model.tim").resolve(name)),
          Files.readAllBytes(broken.resolve("model.tim").resolve(name)),
          name);
    }
  }

  @Test
  void anInterruptedRunLeavesItsCheckpointAndGoesOn() throws Exception {
    Path out = folder.resolve("interrupted");
    List<Run> runs = new ArrayList<>();
    Thread training = new Thread(() -> runs.add(train(out, "--steps", "100000", "--seed", "3")));
    training.start();
    while (!Files.exists(out.resolve("loss.csv"))) {
      Thread.sleep(5);
    }
    training.interrupt();
    training.join();
    assertTrue(runs.get(0).err().contains("training was stopped after "), runs.get(0).err());
    assertTrue(runs.get(0).err().contains("give --resume"), runs.get(0).err());
    long made = Checkpoint.open(out.resolve("model.tim")).step();
    assertTrue(made >= 2 && made < 100000, Long.toString(made));
    assertEquals(made + 1, Files.readAllLines(out.resolve("loss.csv")).size());
    Run more = train(out, "--steps", Long.toString(made + 1), "--seed", "3", "--resume");
    assertEquals(0, more.code(), more.err());
    assertEquals(made + 1, Checkpoint.open(out.resolve("model.tim")).step());
  }

  @Test
  void aTornLogDoesNotKeepARunFromGoingOn() throws IOException {
    Path out = folder.resolve("torn");
    assertEquals(0, train(out, "--steps", "2", "--seed", "3").code());
    Path log = out.resolve("loss.csv");
    String text = Files.readString(log);
    Files.writeString(log, text.substring(0, text.length() - 9));
    Run run = train(out, "--steps", "4", "--seed", "3", "--resume");
    assertEquals(0, run.code(), run.err());
    assertArrayEquals(
        Files.readAllBytes(model.resolve("model.tim/weights.safetensors")),
        Files.readAllBytes(out.resolve("model.tim/weights.safetensors")));
  }

  @Test
  void aRunStartsFromSettingsInAFile() throws IOException {
    RunSettings settings =
        RunSettings.forImages(new ImageShape(1, 8, 8), 10)
            .with(List.of("hidden=16", "depth=1", "heads=2", "batchSize=8", "steps=4"));
    Path file = folder.resolve("settings.json");
    Files.writeString(file, settings.toJson().toString());
    Path out = folder.resolve("configured");
    Run run =
        Run.tim(
            "train",
            "--data",
            "digits",
            "--out",
            out.toString(),
            "--config",
            file.toString(),
            "--seed",
            "3",
            "--nfe",
            "1",
            "--samples-per-class",
            "2");
    assertEquals(0, run.code(), run.err());
    assertArrayEquals(
        Files.readAllBytes(model.resolve("model.tim/ema.safetensors")),
        Files.readAllBytes(out.resolve("model.tim/ema.safetensors")));
  }

  @Test
  void filesThatHoldNoSettingsOfTheDataAreRefused() throws IOException {
    Path out = folder.resolve("unconfigured");
    Path file = folder.resolve("unfit.json");
    String fit = RunSettings.forImages(new ImageShape(1, 8, 8), 10).toJson().toString();
    String[][] cases = {
      {"{", "unfit.json: this is no JSON (line 1, column 2)"},
      {"[1, 2]", "holds no settings of a run"},
      {"{\"network\": {}}", "holds no settings of a run"},
      {fit.replace("\"count\":10", "\"count\":9"), "the pictures have 10 classes"},
      {fit.replace("\"channels\":1", "\"channels\":3"), "the pictures have 1 channel(s)"},
      {
        fit.replace("\"batchSize\"", "\"batch\""), "batchSize is nothing; it must be a whole number"
      },
    };
    for (String[] each : cases) {
      Files.writeString(file, each[0]);
      Run run =
          Run.tim(
              "train", "--data", "digits", "--out", out.toString(), "--config", file.toString());
      assertTrue(run.refusal().contains(each[1]), run.err());
      assertFalse(Files.exists(out), each[1]);
    }
  }

  @Test
  void samplesAreWrittenWithTheirParameters() {
    Path file = folder.resolve("some.png");
    Run run =
        Run.tim(
            "sample",
            "--model",
            model.toString(),
            "--nfe",
            "1,3",
            "--classes",
            "7,1-2",
            "--count",
            "2",
            "--guidance",
            "1.5",
            "--seed",
            "9",
            "--out",
            file.toString());
    assertEquals(0, run.code(), run.err());
    Map<String, String> texts = PngFile.texts(file);
    assertEquals("1,3", texts.get("tim.nfe"));
    assertEquals("7,1,2", texts.get("tim.classes"));
    assertEquals("2", texts.get("tim.count"));
    assertEquals("1.5", texts.get("tim.guidance"));
    assertEquals("9", texts.get("tim.seed"));
  }

  @Test
  void classesAndModelsGoByTheirNames() throws IOException {
    Path models = Files.createDirectories(folder.resolve("models"));
    copy(model, models.resolve("bundled"));
    Path file = folder.resolve("named.png");
    System.setProperty(ModelName.MODELS, models.toString());
    try {
      Run run =
          Run.tim(
              "sample",
              "--model",
              "bundled",
              "--nfe",
              "1",
              "--classes",
              "7,1-2",
              "--out",
              file.toString());
      assertEquals(0, run.code(), run.err());
      assertEquals("7,1,2", PngFile.texts(file).get("tim.classes"));
      String unknown =
          Run.tim("sample", "--model", "cats", "--nfe", "1", "--out", file.toString()).refusal();
      assertTrue(unknown.contains("cats is not the folder of a run"), unknown);
    } finally {
      System.clearProperty(ModelName.MODELS);
    }
    List<String> names = List.of("circle", "square", "3");
    assertEquals(List.of(1, 0), ClassList.parse("square, circle", names));
    assertEquals(List.of(2, 0, 1, 2), ClassList.parse("3,0-2", names));
    assertEquals(
        List.of(4, 5, 6), ClassList.parse("5-7", List.of("1", "2", "3", "4", "5", "6", "7")));
    String refusal =
        assertThrows(InvalidInputException.class, () -> ClassList.parse("cirle", names))
            .getMessage();
    assertTrue(refusal.contains("names of classes: circle,square,3"), refusal);
  }

  @Test
  void samplesOfOneSeedAreTheSameBytes() throws IOException {
    byte[][] files = new byte[3][];
    String[] seeds = {"5", "5", "6"};
    for (int i = 0; i < files.length; i++) {
      Path file = folder.resolve("again" + i + ".png");
      String[] args = {
        "sample",
        "--model",
        model.toString(),
        "--nfe",
        "2",
        "--seed",
        seeds[i],
        "--out",
        file.toString()
      };
      assertEquals(0, Run.tim(args).code());
      files[i] = Files.readAllBytes(file);
    }
    assertArrayEquals(files[0], files[1]);
    assertFalse(Arrays.equals(files[0], files[2]));
  }

  @Test
  void impossibleSamplesAreRefusedAndNothingIsWritten() {
    Path file = folder.resolve("refused.png");
    String[][] cases = {
      {"--nfe", "1", "--classes", "8-12", "class 10 does not exist"},
      {"--nfe", "0", "--classes", "1", "NFE 0 is impossible"},
      {"--nfe", "1", "--classes", "x", "'x' is no list of classes"},
      {"--nfe", "1", "--classes", "3-1", "'3-1' is no list of classes"},
      {"--nfe", "1", "--count", "0", "give at least 1"},
      {"--nfe", "1", "--guidance", "0.5", "guidance is 0.5"},
      {"--nfe", "1", "--threads", "0", "--threads is 0"},
    };
    for (String[] each : cases) {
      List<String> args =
          new ArrayList<>(List.of("sample", "--model", model.toString(), "--out", file.toString()));
      args.addAll(List.of(each).subList(0, each.length - 1));
      String line = Run.tim(args.toArray(String[]::new)).refusal();
      assertTrue(line.contains(each[each.length - 1]), line);
      assertFalse(Files.exists(file));
    }
  }

  @Test
  void foldersWithoutAModelAreRefused() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    String line =
        Run.tim("sample", "--model", empty.toString(), "--nfe", "1", "--out", "x.png").refusal();
    assertTrue(line.contains("is not the folder of a run"), line);
    Path damaged = folder.resolve("damaged");
    copy(model, damaged);
    Path weights = damaged.resolve("model.tim/ema.safetensors");
    byte[] content = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(content, content.length - 1));
    assertTrue(
        Run.tim("evaluate", "--model", damaged.toString()).refusal().contains("ema.safetensors"));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  @Test
  void evaluationPrintsATableAndWritesItsFigures() throws IOException {
    Path figures = folder.resolve("evaluation.json");
    Path plot = folder.resolve("evaluation.png");
    Run run =
        Run.tim(
            "evaluate",
            "--model",
            model.resolve("model.tim").toString(),
            "--nfe",
            "1,2",
            "--samples-per-class",
            "2",
            "--seed",
            "3",
            "--json",
            figures.toString(),
            "--plot",
            plot.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("agreement"));
    assertTrue(Files.exists(plot));
    JsonNode expected = json(model.resolve("metrics.json")).get("evaluation").get("figures").get(0);
    JsonNode found = json(figures).get("figures").get(0);
    assertEquals(expected.get("frechet"), found.get("frechet"));
  }

  @Test
  void aProductThatFailsLosesNoOther() throws IOException {
    Path out = folder.resolve("blocked");
    for (String name : List.of("loss.png", "grid.png", "nfe.png")) {
      Files.createDirectories(out.resolve(name));
    }
    Run run = train(out, "--steps", "4", "--seed", "3");
    assertEquals(2, run.code(), run.err());
    String last = run.err().lines().reduce((a, b) -> b).orElseThrow();
    for (String name : List.of("loss.png", "grid.png", "nfe.png")) {
      assertTrue(last.contains("cannot write " + out.resolve(name)), last);
    }
    JsonNode expected = json(model.resolve("metrics.json")).get("evaluation").get("figures");
    JsonNode found = json(out.resolve("metrics.json")).get("evaluation").get("figures");
    assertEquals(expected.get(1).get("frechet"), found.get(1).get("frechet"));
    assertTrue(run.out().contains("agreement"), run.out());
  }

  @Test
  void placesThatCannotBeWrittenAreRefusedBeforeTheWork() throws IOException {
    Path file = Files.createFile(folder.resolve("occupied"));
    Path out = folder.resolve("unwritten");
    String[][] cases = {
      {"train", "--data", "digits", "--out", out.toString(), "--json", file + "/x.json"},
      {"train", "--data", "digits", "--out", out.toString(), "--json", folder.toString()},
      {"sample", "--model", model.toString(), "--nfe", "1", "--out", file + "/x.png"},
      {"evaluate", "--model", model.toString(), "--plot", file + "/x.png"},
    };
    for (String[] each : cases) {
      String line = Run.tim(each).refusal();
      assertTrue(line.contains("folder"), line);
      assertFalse(Files.exists(out));
    }
  }

  @Test
  void badTrainingInputIsOneLineAndWritesNothing() throws IOException {
    Path out = folder.resolve("never");
    Path cut = Files.createDirectories(folder.resolve("cut"));
    Files.write(cut.resolve("train-images-idx3-ubyte"), new byte[] {0, 0, 8, 3, 0});
    Files.write(cut.resolve("train-labels-idx1-ubyte"), new byte[0]);
    Files.write(cut.resolve("t10k-images-idx3-ubyte"), new byte[0]);
    Files.write(cut.resolve("t10k-labels-idx1-ubyte"), new byte[0]);
    String[][] cases = {
      {"--data", "faces", "unknown data set 'faces'"},
      {"--data", "idx:" + folder.resolve("none"), "no train-images-idx3-ubyte"},
      {"--data", "idx:" + cut, "ends before"},
      {"--data", "folder:" + folder.resolve("none"), "cannot list the folder"},
      {"--data", "digits", "--set", "patch=3", "cannot be cut into patches of 3"},
      {"--data", "digits", "--set", "heads=5", "heads"},
      {"--data", "digits", "--steps", "-5", "steps is -5"},
      {"--data", "digits", "--nfe", "0", "NFE 0 is impossible"},
      {"--data", "digits", "--samples-per-class", "0", "give at least 1"},
      {"--data", "digits", "--set", "colour=1", "there is no setting 'colour'"},
      {"--data", "digits", "--set", "epsilon=1", "give the whole name"},
      {"--data", "digits", "--set", "learningRate=-1", "learningRate is -1"},
      {"--data", "digits", "--set", "hidden=wide", "wide"},
      {"--data", "digits", "--checkpoint-every", "0", "at least 1 step"},
      {"--data", "digits", "--steps", "many", "'many' is not an int"},
    };
    for (String[] each : cases) {
      List<String> args = new ArrayList<>(List.of("train", "--out", out.toString()));
      args.addAll(List.of(each).subList(0, each.length - 1));
      Run run = Run.tim(args.toArray(String[]::new));
      assertTrue(run.refusal().contains(each[each.length - 1]), run.err());
      assertFalse(Files.exists(out), each[each.length - 1]);
    }
  }
}
