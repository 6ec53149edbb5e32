package org.tim4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tim synthesize} makes of a file as people have them. */
class TableSynthesisTest {
  private static final List<String> TINY =
      List.of("--steps", "15", "--hidden", "16", "--depth", "1", "--nfe", "2", "--rows", "60");

  @TempDir static Path folder;
  private static Path orders;

  @BeforeAll
  static void writeOrders() throws IOException {
    StringBuilder text =
        new StringBuilder("nr;ordered;delivered;city;country;net;tax;gross;paid;origin\r\n");
    String[][] places = {{"Köln", "DE"}, {"Lyon", "FR"}, {"Bonn", "DE"}};
    for (int i = 0; i < 90; i++) {
      int net = 100 + 37 * i % 900;
      text.append(
          "B-%04d;%02d.%02d.2023;%02d.%02d.2023;%s;%s;%d,%d;%d,%d;%d,%d;%s;web\r\n"
              .formatted(
                  i + 1,
                  1 + i % 14,
                  1 + i % 12,
                  15 + i % 13,
                  1 + i % 12,
                  places[i % 3][0],
                  places[i % 3][1],
                  net,
                  i % 10,
                  net / 5,
                  i % 3,
                  net + net / 5,
                  i % 10 + i % 3,
                  i % 8 == 0 ? "?" : i % 3 == 0 ? "ja" : "nein"));
    }
    String sound = text.toString().replaceAll(";(\\d+),1(\\d);(ja|nein|\\?)", ";X$1,$2;$3");
    // Sums that carry are written as such.
    StringBuilder lines = new StringBuilder();
    for (String line : sound.split("\r\n")) {
      int at = line.indexOf(";X");
      if (at >= 0) {
        int comma = line.indexOf(',', at);
        line =
            line.substring(0, at + 1)
                + (Integer.parseInt(line.substring(at + 2, comma)) + 1)
                + line.substring(comma);
      }
      lines.append(line).append("\r\n");
    }
    orders =
        Files.write(
            folder.resolve("orders.csv"),
            lines.toString().getBytes(Charset.forName("windows-1252")));
  }

  private static Run synthesize(Path csv, Path out, String... more) {
    List<String> args =
        new ArrayList<>(List.of("synthesize", "--csv", csv.toString(), "--out", out.toString()));
    args.addAll(TINY);
    args.addAll(List.of(more));
    return Run.tim(args.toArray(String[]::new));
  }

  private static List<String[]> cells(Path csv) throws IOException {
    return Files.readAllLines(csv, Charset.forName("windows-1252")).stream()
        .skip(1)
        .map(line -> line.split(";"))
        .toList();
  }

  @Test
  void theDialectTheConstraintsAndTheFormatsAreKept() throws IOException {
    Path out = folder.resolve("made.csv");
    Run run =
        synthesize(
            orders,
            out,
            "--label",
            "paid",
            "--constraint",
            "ordered <= delivered",
            "--constraint",
            "net + tax = gross",
            "--constraint",
            "combinations(city, country)",
            "--model",
            folder.resolve("orders.tribuo").toString());
    assertEquals(0, run.code(), run.err());
    byte[] bytes = Files.readAllBytes(out);
    String text = new String(bytes, Charset.forName("windows-1252"));
    assertTrue(
        text.startsWith("nr;ordered;delivered;city;country;net;tax;gross;paid;origin\r\n"), text);
    Set<String> numbers = new HashSet<>();
    for (String[] row : cells(out)) {
      assertTrue(row[0].matches("B-\\d{4}") && row[0].compareTo("B-0090") > 0, row[0]);
      assertTrue(numbers.add(row[0]), row[0]);
      assertTrue(iso(row[1]).compareTo(iso(row[2])) <= 0, Arrays.toString(row));
      assertTrue(
          Set.of("KölnDE", "LyonFR", "BonnDE").contains(row[3] + row[4]), Arrays.toString(row));
      assertEquals(tenths(row[7]), tenths(row[5]) + tenths(row[6]), Arrays.toString(row));
      assertTrue(Set.of("ja", "nein", "?").contains(row[8]), row[8]);
      assertEquals("web", row[9]);
    }
    assertEquals(60, numbers.size());
    assertTrue(Files.exists(folder.resolve("made.csv.columns.json")));
    assertTrue(run.out().contains("worst: "), run.out());
  }

  private static String iso(String date) {
    return date.substring(6) + date.substring(3, 5) + date.substring(0, 2);
  }

  private static long tenths(String number) {
    assertTrue(number.matches("\\d+,\\d"), number);
    return Long.parseLong(number.replace(",", ""));
  }

  @Test
  void aSavedGeneratorWritesTheSameRowsAndOthersUnderConditions() throws IOException {
    Path model = folder.resolve("saved.tribuo");
    Path first = folder.resolve("first.csv");
    assertEquals(
        0,
        synthesize(orders, first, "--label", "paid,country", "--model", model.toString()).code());
    Path again = folder.resolve("again.csv");
    Run run =
        Run.tim(
            "synthesize",
            "--model",
            model.toString(),
            "--rows",
            "60",
            "--nfe",
            "2",
            "--out",
            again.toString());
    assertEquals(0, run.code(), run.err());
    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(again));
    Path some = folder.resolve("some.csv");
    run =
        Run.tim(
            "synthesize",
            "--model",
            model.toString(),
            "--rows",
            "20",
            "--nfe",
            "2",
            "--out",
            some.toString(),
            "--where",
            "country=FR",
            "--where",
            "city=Lyon");
    assertEquals(0, run.code(), run.err());
    for (String[] row : cells(some)) {
      assertEquals("LyonFR", row[3] + row[4]);
    }
    String refusal =
        Run.tim(
                "synthesize",
                "--model",
                model.toString(),
                "--rows",
                "2",
                "--out",
                some.toString(),
                "--where",
                "country=IT")
            .refusal();
    assertTrue(refusal.contains("country=IT"), refusal);
    refusal =
        Run.tim("synthesize", "--model", orders.toString(), "--rows", "2", "--out", some.toString())
            .refusal();
    assertTrue(refusal.contains("holds no generator"), refusal);
  }

  @Test
  void aTableNeedsNoLabelAndMayHaveLabelsOfNumbers() throws IOException {
    Path out = folder.resolve("unlabelled.csv");
    assertEquals(0, synthesize(orders, out).code());
    assertEquals(61, Files.readAllLines(out, Charset.forName("windows-1252")).size());
    Run run = synthesize(orders, out, "--label", "net,tax");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("kept "), run.err());
  }

  @Test
  void whatCannotBeWrittenIsRefusedBeforeTraining() throws IOException {
    Path nowhere = folder.resolve("no/where.csv");
    for (String option : List.of("--out", "--model", "--report")) {
      List<String> args =
          new ArrayList<>(
              List.of("synthesize", "--csv", orders.toString(), "--rows", "5", "--steps", "20"));
      if (!option.equals("--out")) {
        args.addAll(List.of("--out", folder.resolve("unwritten.csv").toString()));
      }
      args.addAll(List.of(option, nowhere.toString()));
      String refusal = Run.tim(args.toArray(String[]::new)).refusal();
      assertTrue(refusal.contains("there is no folder"), refusal);
    }
    assertFalse(Files.exists(folder.resolve("unwritten.csv")));
  }

  @Test
  void theRealRowsAreNotWrittenOver() throws IOException {
    byte[] before = Files.readAllBytes(orders);
    String refusal =
        Run.tim(
                "synthesize",
                "--csv",
                orders.toString(),
                "--rows",
                "5",
                "--out",
                folder + "/./orders.csv")
            .refusal();
    assertTrue(refusal.contains("--csv and --out are both"), refusal);
    assertArrayEquals(before, Files.readAllBytes(orders));
  }

  @Test
  void constraintsThatTheRowsBreakAreRefused() {
    Path out = folder.resolve("broken.csv");
    Run run = synthesize(orders, out, "--constraint", "delivered <= ordered");
    assertTrue(run.code() == 2 && run.err().contains("line 2 breaks the constraint"), run.err());
    run = synthesize(orders, out, "--constraint", "net ~ tax");
    assertTrue(run.code() == 2 && run.err().contains("is no constraint"), run.err());
    run = synthesize(orders, out, "--constraint", "net <= city");
    assertTrue(run.code() == 2 && run.err().contains("needs numbers"), run.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void thePageNeedsNothingElse() throws IOException {
    Path page = folder.resolve("report.html");
    assertEquals(
        0,
        synthesize(
                orders, folder.resolve("page.csv"), "--label", "paid", "--report", page.toString())
            .code());
    String html = Files.readString(page);
    for (String part :
        List.of(
            "Overview",
            "Worst columns and pairs",
            "Relations",
            "Pairs of columns",
            "Privacy",
            "Settings")) {
      assertTrue(html.contains("<h2>" + part), part);
    }
    assertFalse(html.contains("http:") || html.contains("https:") || html.contains("<script"));
    assertEquals(8, html.split("class=\"card\"", -1).length - 1);
  }

  @Test
  void rowsOfAnyGeneratorAreJudged() throws IOException {
    Path out = folder.resolve("other.csv");
    assertEquals(0, synthesize(orders, out, "--label", "paid").code());
    // Another tool's file: other columns first, commas between cells.
    String moved =
        Files.readAllLines(out, Charset.forName("windows-1252")).stream()
            .map(line -> Arrays.asList(line.split(";")))
            .map(
                row ->
                    Stream.concat(Stream.of(row.get(8)), row.subList(0, 8).stream())
                        .map(c -> "\"" + c + "\"")
                        .collect(Collectors.joining(",")))
            .collect(Collectors.joining("\n"));
    Path other = Files.writeString(folder.resolve("moved.csv"), moved);
    Run run =
        Run.tim(
            "evaluate",
            "--csv",
            orders.toString(),
            "--label",
            "paid",
            "--synthetic",
            other.toString());
    assertEquals(0, run.code(), run.err());
    for (String figure :
        List.of(
            "real data",
            "columns shuffled",
            "synthetic",
            "density error %",
            "C2ST score",
            "β-recall",
            "XGBoost AUC",
            "memorised %")) {
      assertTrue(run.out().contains(figure), run.out());
    }
  }

  @Test
  void aClassOfOneRowIsOnlyTrainedOn() throws IOException {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < 41; i++) {
      text.append(i % 7).append(',').append(i == 40 ? "rare" : i % 2 == 0 ? "a" : "b").append('\n');
    }
    Path csv = Files.writeString(folder.resolve("rare.csv"), text.toString());
    Run run =
        Run.tim(
            "evaluate",
            "--csv",
            csv.toString(),
            "--label",
            "y",
            "--splits",
            "1",
            "--generations",
            "1",
            "--nfe",
            "2",
            "--steps",
            "5",
            "--hidden",
            "16",
            "--depth",
            "1");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("only trained on, for want of a second row: rare"), run.out());
  }
}
