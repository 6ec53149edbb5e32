package org.tim4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tim4j.layers.weights.ModelFolder;
import org.tim4j.objective.training.Checkpoint;
import org.tim4j.objective.training.RunSettings;

class SweepCommandTest {
  @TempDir static Path folder;
  private static Path sweep;
  private static Run first;

  private static Run sweep(Path out, String... more) {
    List<String> args =
        new ArrayList<>(List.of("sweep", "--data", "digits", "--out", out.toString()));
    for (String setting : List.of("hidden=16", "depth=1", "heads=1", "batchSize=8")) {
      args.addAll(List.of("--set", setting));
    }
    args.addAll(List.of(more));
    return Run.tim(args.toArray(String[]::new));
  }

  @BeforeAll
  static void searchOnce() {
    sweep = folder.resolve("sweep");
    first =
        sweep(
            sweep,
            "--candidates",
            "3",
            "--steps",
            "4",
            "--repeats",
            "2",
            "--json",
            folder.resolve("figures.json").toString());
    assertEquals(0, first.code(), first.err());
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  @Test
  void theTableRanksTheCandidatesAndTellsTheNoise() throws IOException {
    JsonNode figures = json(folder.resolve("figures.json"));
    double[] scores = new double[3];
    for (int i = 0; i < 3; i++) {
      scores[i] = figures.get("candidates").get(i).get("score").asDouble();
    }
    assertTrue(scores[0] <= scores[1] && scores[1] <= scores[2], Arrays.toString(scores));
    assertEquals(scores[1], figures.get("medianScore").asDouble());
    assertEquals(scores[0], figures.get("best").get("score").asDouble());
    JsonNode repeated = figures.get("repeated");
    assertEquals(3, repeated.size());
    assertEquals("defaults", repeated.get(2).get("name").asText());
    assertEquals(2, repeated.get(0).get("scores").get("scores").size());
    assertTrue(first.out().contains("the best is better by "), first.out());
    List<String> table = Files.readAllLines(sweep.resolve("results.csv"));
    assertEquals(4, table.size());
    assertTrue(table.get(0).contains("training.loss.weighting.exponent"), table.get(0));
    for (String name : List.of("exponent.png", "sigma.png", "time.png", "curves.png")) {
      assertTrue(Files.size(sweep.resolve(name)) > 1000, name);
    }
  }

  @Test
  void theBestConfigurationTrains() {
    Path out = folder.resolve("best");
    Run run =
        Run.tim(
            "train",
            "--data",
            "digits",
            "--config",
            sweep.resolve("best.json").toString(),
            "--out",
            out.toString(),
            "--nfe",
            "1",
            "--samples-per-class",
            "2");
    assertEquals(0, run.code(), run.err());
    RunSettings best = RunSettings.read(sweep.resolve("best.json"));
    assertEquals(best.training(), Checkpoint.open(out.resolve("model.tim")).config());
    assertEquals(best.network(), ModelFolder.open(out.resolve("model.tim")).config());
    assertEquals(4, best.training().steps());
  }

  @Test
  void aSweepThatHasEndedIsReadFromItsJournal() throws IOException {
    String refusal = sweep(sweep, "--candidates", "3", "--steps", "4", "--repeats", "2").refusal();
    assertTrue(refusal.contains("holds a sweep already; give --resume"), refusal);
    Run again = sweep(sweep, "--candidates", "3", "--steps", "4", "--repeats", "2", "--resume");
    assertEquals(first.out(), again.out());
    String other = sweep(sweep, "--candidates", "3", "--steps", "5", "--resume").refusal();
    assertTrue(other.contains("belongs to another sweep"), other);
  }

  @Test
  void everySearchRuns() {
    for (String search : List.of("grid", "genetic", "halving")) {
      Run run =
          sweep(
              folder.resolve(search),
              "--search",
              search,
              "--candidates",
              "4",
              "--steps",
              "3",
              "--repeats",
              "0",
              "--early-stop");
      assertEquals(0, run.code(), run.err());
      // Halving trains its best candidate further: 4 of 1 step, 1 of 3.
      assertEquals(
          search.equals("halving") ? 6 : 5, run.out().split("exponent=", -1).length, run.out());
    }
  }

  @Test
  void aTableIsSweptAndTheBestSettingsGenerateRows() throws IOException {
    StringBuilder text = new StringBuilder("size,colour,kind\n");
    for (int i = 0; i < 60; i++) {
      text.append(i % 7 + (i % 2) * 9).append(i % 3 == 0 ? ",red," : ",blue,");
      text.append(i % 2 == 0 ? "a\n" : "b\n");
    }
    Path csv = Files.writeString(folder.resolve("table.csv"), text);
    Path out = folder.resolve("table");
    Run run =
        Run.tim(
            "sweep",
            "--csv",
            csv.toString(),
            "--label",
            "kind",
            "--candidates",
            "2",
            "--steps",
            "3",
            "--repeats",
            "2",
            "--out",
            out.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("the best is better by "), run.out());
    assertTrue(Files.exists(out.resolve("learning-rate.png")));
    Path rows = folder.resolve("rows.csv");
    Run generated =
        Run.tim(
            "synthesize",
            "--csv",
            csv.toString(),
            "--label",
            "kind",
            "--config",
            out.resolve("best.json").toString(),
            "--rows",
            "5",
            "--out",
            rows.toString());
    assertEquals(0, generated.code(), generated.err());
    assertEquals(6, Files.readAllLines(rows).size());
    String refusal =
        Run.tim(
                "sweep",
                "--csv",
                csv.toString(),
                "--label",
                "size",
                "--output-kind",
                "numbers",
                "--out",
                out + "2")
            .refusal();
    assertTrue(refusal.contains("a sweep needs classes"), refusal);
  }

  @Test
  void candidatesThatFailAreToldWithTheirReason() {
    Run run =
        sweep(
            folder.resolve("failed"),
            "--candidates",
            "2",
            "--steps",
            "4",
            "--set",
            "weightDecay=1e35");
    assertEquals(1, run.code());
    assertTrue(run.out().contains("diverged"), run.out());
    assertTrue(run.out().contains("every candidate failed"), run.out());
  }

  @Test
  void badInputIsOneLineAndWritesNothing() {
    Path out = folder.resolve("never");
    String[][] cases = {
      {"--candidates", "0", "--candidates is 0"},
      {"--repeats", "1", "--repeats is 1"},
      {"--steps", "0", "the budget of a candidate is 0"},
      {"--seconds", "-1", "the budget of a candidate is -1"},
      {"--search", "halving", "--candidates", "2", "begin with at least 3"},
      {"--search", "luck", "luck"},
      {"--set", "colour=1", "there is no setting 'colour'"},
      {"--set", "patch=3", "cannot be cut into patches of 3"},
      {"--ui", "0", "port 0 does not exist"},
      {"--threads", "0", "--threads is 0"},
      {"--csv", "t.csv", "--label", "y", "give either --data, or --csv and --label"},
    };
    for (String[] each : cases) {
      Run run = sweep(out, Arrays.copyOf(each, each.length - 1));
      assertTrue(run.refusal().contains(each[each.length - 1]), run.err());
      assertFalse(Files.exists(out), each[each.length - 1]);
    }
  }
}
