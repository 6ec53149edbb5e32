package org.tim4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.Model;

/**
 * {@code tim synthesize} and {@code tim evaluate --csv} on a small table of every kind of column.
 */
class TableCommandsTest {
  private static final String[] TINY = {"--steps", "3", "--hidden", "16", "--depth", "1"};

  @TempDir static Path folder;
  private static Path pets;
  private static Path prices;

  @BeforeAll
  static void writeTables() throws IOException {
    StringBuilder rows = new StringBuilder("size,colour,age,species\n");
    StringBuilder numbers = new StringBuilder("area,street,price\n");
    for (int i = 0; i < 60; i++) {
      boolean dog = i % 2 == 0;
      String colour = i % 7 == 0 ? "" : i % 3 == 0 ? "\"black, white\"" : "brown";
      String age = i % 5 == 0 ? "" : String.valueOf(1 + i % 9);
      rows.append(
          "%.1f,%s,%s,%s%n"
              .formatted(dog ? 6 + i / 60.0 : 2 + i / 60.0, colour, age, dog ? "dog" : "Cat"));
      numbers.append("%d,%s,%d%n".formatted(50 + i, i % 2 == 0 ? "High" : "Low", 1000 * (50 + i)));
    }
    pets = Files.writeString(folder.resolve("pets.csv"), rows.toString());
    prices = Files.writeString(folder.resolve("prices.csv"), numbers.toString());
  }

  private static Run tim(String command, Path csv, String label, String... more) {
    List<String> args = new java.util.ArrayList<>(List.of(command, "--csv", csv.toString()));
    args.addAll(List.of("--label", label));
    args.addAll(List.of(TINY));
    args.addAll(List.of(more));
    return Run.tim(args.toArray(String[]::new));
  }

  @Test
  void generatedRowsLookLikeTheTable() throws IOException {
    Path out = folder.resolve("generated.csv");
    Path model = folder.resolve("pets.tribuo");
    Run run =
        tim(
            "synthesize",
            pets,
            "species",
            "--rows",
            "40",
            "--nfe",
            "2",
            "--seed",
            "5",
            "--out",
            out.toString(),
            "--model",
            model.toString());
    assertEquals(0, run.code(), run.err());
    List<String> lines = Files.readAllLines(out);
    assertEquals("size,colour,age,species", lines.get(0));
    assertEquals(41, lines.size());
    for (String line : lines.subList(1, lines.size())) {
      assertTrue(line.matches("\\d(\\.\\d)?,(|brown|\"black, white\"),(|[1-9]),(dog|Cat)"), line);
    }
    try (AutoCloseable saved = (AutoCloseable) Model.deserializeFromFile(model)) {
      assertFalse(saved.toString().isEmpty());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theSameSeedGivesTheSameFile() throws IOException {
    byte[][] files = new byte[3][];
    for (int i = 0; i < files.length; i++) {
      Path out = folder.resolve("seed" + i + ".csv");
      String seed = i < 2 ? "3" : "4";
      Run run =
          tim(
              "synthesize",
              prices,
              "price",
              "--rows",
              "9",
              "--seed",
              seed,
              "--out",
              out.toString());
      assertEquals(0, run.code(), run.err());
      files[i] = Files.readAllBytes(out);
    }
    assertArrayEquals(files[0], files[1]);
    assertFalse(java.util.Arrays.equals(files[0], files[2]));
  }

  @Test
  void classifiersOfGeneratedRowsAreJudged() throws IOException {
    Path json = folder.resolve("pets.json");
    Run run =
        tim(
            "evaluate",
            pets,
            "species",
            "--splits",
            "2",
            "--generations",
            "1",
            "--tokens",
            "FEATURE",
            "--nfe",
            "1,3",
            "--json",
            json.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("NFE 3"), run.out());
    JsonNode figures = new ObjectMapper().readTree(json.toFile()).get("figures");
    // Size alone tells the classes apart.
    assertEquals(1, figures.get("real data").get("XGBoost").get("mean").asDouble(), 1e-12);
    for (String row : List.of("NFE 1", "NFE 3")) {
      for (String figure :
          List.of(
              "macro-F1",
              "k-NN",
              "density error %",
              "pair error %",
              "detection AUC",
              "C2ST score",
              "α-precision",
              "β-recall",
              "XGBoost AUC",
              "duplicates %",
              "memorised %")) {
        double value = figures.get(row).get(figure).get("mean").asDouble(-1);
        assertTrue(value >= 0 && value <= 100, row + " " + figure + " " + value);
      }
      assertTrue(figures.get(row).get("closest record").get("mean").asDouble() > 0);
    }
  }

  @Test
  void regressionsStandBesideTribuos() throws IOException {
    Path json = folder.resolve("prices.json");
    Run run =
        tim(
            "evaluate",
            prices,
            "price",
            "--splits",
            "1",
            "--generations",
            "2",
            "--nfe",
            "1",
            "--json",
            json.toString());
    assertEquals(0, run.code(), run.err());
    JsonNode figures = new ObjectMapper().readTree(json.toFile()).get("figures");
    java.util.Set<String> rows = new java.util.TreeSet<>();
    figures.fieldNames().forEachRemaining(rows::add);
    assertEquals(
        Set.of(
            "NFE 1",
            "XGBoost",
            "columns shuffled",
            "linear regression",
            "random forest",
            "real data"),
        rows);
    double coverage = figures.get("NFE 1").get("90 % coverage").get("mean").asDouble();
    assertTrue(coverage >= 0 && coverage <= 1);
    assertTrue(figures.get("random forest").get("R²").get("mean").asDouble() > 0.8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--csv nothing.csv --label y|there is no file",
        "--csv PETS --label weight|has no column 'weight'; it has size, colour, age, species",
        "--label species|give real rows with --csv FILE, or a saved --model FILE",
        "--csv PETS --label colour|has rows without a 'colour'",
        "--csv PETS --label species --rows 0|at least 1",
        "--csv PETS --label species --nfe 0|at least 1",
        "--csv PETS --label species --hidden 7|hiddenSize",
        "--csv PETS --label species --tokens CELL|expected one of [ROW, FEATURE]",
        "--csv PETS --label species --output-kind numbers|does not hold numbers",
      })
  void badInputIsExplainedInOneLine(String line) {
    String[] parts = line.replace("PETS", pets.toString()).split("\\|");
    Path out = folder.resolve("refused.csv");
    List<String> args = new java.util.ArrayList<>(List.of("synthesize", "--out", out.toString()));
    args.addAll(List.of(parts[0].split(" ")));
    if (!args.contains("--rows")) {
      args.addAll(List.of("--rows", "5"));
    }
    String refusal = Run.tim(args.toArray(String[]::new)).refusal();
    assertTrue(refusal.contains(parts[1]), refusal);
    assertFalse(Files.exists(out));
  }

  @Test
  void evaluationNeedsExactlyOneSubject() {
    assertTrue(Run.tim("evaluate").refusal().contains("either --model DIR or --csv FILE"));
    assertTrue(
        Run.tim("evaluate", "--csv", "a", "--model", "b").refusal().contains("either --model"));
    assertTrue(tim("evaluate", pets, "species", "--nfe", "0").refusal().contains("at least 1"));
    assertTrue(
        tim("evaluate", pets, "species", "--splits", "0").refusal().contains("at least one"));
  }
}
