package org.tim4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Numbers that users give and that are shown to them, where the locale writes them otherwise. */
class NumbersTest {
  private static final Set<Class<?>> WHOLE =
      Set.of(int.class, Integer.class, long.class, Long.class);
  private static final Set<Class<?>> REAL = Set.of(double.class, Double.class);

  @TempDir Path folder;
  private final Locale before = Locale.getDefault();

  @BeforeEach
  void arabicDigits() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    assertEquals("\u0661", String.format("%d", 1));
  }

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  private static Class<?> type(OptionSpec option) {
    return option.isMultiValue() && !option.auxiliaryTypes()[0].equals(String.class)
        ? option.auxiliaryTypes()[0]
        : option.type();
  }

  @Test
  void whatIsNoNumberIsRefusedByEveryOption() {
    CommandLine root = Tim.create(new PrintWriter(new StringWriter()), new PrintWriter(System.err));
    int options = 0;
    for (Map.Entry<String, CommandLine> command : root.getSubcommands().entrySet()) {
      for (OptionSpec option : command.getValue().getCommandSpec().options()) {
        boolean whole = WHOLE.contains(type(option));
        if (!whole && !REAL.contains(type(option))) {
          continue;
        }
        options++;
        List<String> wrong = new ArrayList<>(List.of("", " ", "many", "1;5", "0x", "1 000"));
        if (whole) {
          wrong.addAll(List.of("1e3", "1.0", "12345678901234567890"));
        }
        for (String value : wrong) {
          String line = Run.tim(command.getKey(), option.longestName() + "=" + value).refusal();
          assertTrue(line.contains(option.longestName()) && line.contains("'" + value + "'"), line);
        }
      }
    }
    assertTrue(options > 40, "options: " + options);
  }

  @Test
  void impossibleNumbersAreRefusedBeforeTheWork() throws IOException {
    Path csv = folder.resolve("rows.csv");
    Files.writeString(csv, "a,y\n1,c0\n2,c1\n3,c0\n4,c1\n");
    Path out = folder.resolve("out");
    String[] train = {"train", "--data", "digits", "--out", out.toString()};
    String[] sweep = {"sweep", "--data", "digits", "--out", out.toString()};
    String[] rows = {
      "synthesize", "--csv", csv.toString(), "--label", "y", "--rows", "5", "--out", out.toString()
    };
    String[] evaluate = {"evaluate", "--csv", csv.toString(), "--label", "y"};
    String[][] cases = {
      train,
      {
        "--steps=-1",
        "--checkpoint-every=-1",
        "--samples-per-class=-1",
        "--nfe=-1",
        "--nfe=0",
        "--threads=0"
      },
      sweep,
      {
        "--candidates=-1",
        "--steps=-1",
        "--steps=0",
        "--seconds=-1",
        "--seconds=NaN",
        "--repeats=-1",
        "--ui=-1",
        "--ui=70000"
      },
      {"bench"},
      {
        "--hidden=-1",
        "--depth=0",
        "--heads=0",
        "--patch=0",
        "--rank=-1",
        "--image=0",
        "--channels=0",
        "--classes=0",
        "--batch=0",
        "--iters=0"
      },
      rows,
      {"--nfe=0", "--jitter=NaN", "--jitter=-1", "--hidden=-1", "--depth=-1", "--steps=-1"},
      evaluate,
      {"--splits=0", "--generations=-1", "--nfe=0"},
    };
    for (int i = 0; i < cases.length; i += 2) {
      for (String wrong : cases[i + 1]) {
        List<String> args = new ArrayList<>(List.of(cases[i]));
        args.add(wrong);
        String line = Run.tim(args.toArray(String[]::new)).refusal();
        String value = wrong.substring(wrong.indexOf('=') + 1);
        assertTrue(line.contains(value), wrong + ": " + line);
        assertTrue(line.codePoints().noneMatch(c -> c >= 0x660 && c <= 0x669), line);
        assertFalse(Files.exists(out), wrong);
      }
    }
  }

  @Test
  void figuresAreWrittenInOneWay() {
    Run run =
        Run.tim(
            "train",
            "--data",
            "digits",
            "--out",
            folder.resolve("run").toString(),
            "--steps",
            "1",
            "--set",
            "hidden=16",
            "--set",
            "depth=1",
            "--set",
            "heads=1",
            "--set",
            "batchSize=4",
            "--nfe",
            "1",
            "--samples-per-class",
            "2");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("20 samples a row against 1,797 real pictures"), run.out());
    assertTrue(run.err().contains("evaluating NFE 1"), run.err());
    assertTrue(run.out().codePoints().noneMatch(c -> c >= 0x660 && c <= 0x669), run.out());
  }
}
