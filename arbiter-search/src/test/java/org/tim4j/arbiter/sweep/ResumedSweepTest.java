package org.tim4j.arbiter.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tim4j.arbiter.Tiny;
import org.tim4j.arbiter.candidate.CandidateRecord;
import org.tim4j.arbiter.generator.SuccessiveHalvingGenerator;
import org.tim4j.layers.base.InvalidInputException;

class ResumedSweepTest {
  private static final int LINES_BEFORE_THE_KILL = 4;

  @TempDir private Path folder;

  private static OptimizationConfiguration configuration() {
    return Tiny.configuration(new SuccessiveHalvingGenerator(Tiny.space(), 8, 2, 2, 1), 100);
  }

  /** The sweep that is killed, in a process of its own. */
  static final class Victim {
    public static void main(String[] arguments) {
      Sweep.builder(configuration()).journal(Path.of(arguments[0])).build().run();
    }
  }

  @Test
  void aKilledSweepGoesOnToTheSameEnd() throws IOException, InterruptedException {
    SweepResult unbroken = Sweep.builder(configuration()).build().run();
    Path journal = folder.resolve("journal.jsonl");
    kill(journal);
    List<String> before = Files.readAllLines(journal);
    assertTrue(before.size() < 13, "the sweep had ended before it was killed");

    SweepResult resumed = Sweep.builder(configuration()).journal(journal).build().run();

    List<String> after = Files.readAllLines(journal);
    int whole = LINES_BEFORE_THE_KILL - 1;
    assertEquals(before.subList(0, whole), after.subList(0, whole));
    assertEquals(13, after.size()); // a header, eight candidates and the four that went on
    assertEquals(outcomes(unbroken), outcomes(resumed));
    assertEquals(
        unbroken.best().orElseThrow().configuration(),
        resumed.best().orElseThrow().configuration());
  }

  private static List<String> outcomes(SweepResult result) {
    return result.records().stream()
        .map(r -> r.index() + " " + r.parameters() + " " + r.score() + " " + r.outcome())
        .toList();
  }

  /** Starts the sweep in another process and kills that when some candidates have ended. */
  private static void kill(Path journal) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                journal.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    while (process.isAlive() && lines(journal) < LINES_BEFORE_THE_KILL) {
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
    process.destroyForcibly();
    process.waitFor();
  }

  private static int lines(Path journal) throws IOException {
    return Files.exists(journal) ? Files.readAllLines(journal).size() : 0;
  }

  @Test
  void aLineThatWasCutOffIsWrittenAgain() throws IOException {
    Path journal = folder.resolve("torn.jsonl");
    SweepResult whole =
        Sweep.builder(Tiny.configuration(new RandomSearchGenerator(Tiny.space()), 3))
            .journal(journal)
            .build()
            .run();
    String text = Files.readString(journal);
    Files.writeString(journal, text.substring(0, text.length() - 10));
    SweepResult resumed =
        Sweep.builder(Tiny.configuration(new RandomSearchGenerator(Tiny.space()), 3))
            .journal(journal)
            .build()
            .run();
    assertEquals(outcomes(whole), outcomes(resumed));
    assertEquals(4, Files.readAllLines(journal).size());
  }

  @Test
  void aFinishedSweepIsExtendedButNoOtherOneIsMixedIn() throws IOException {
    Path journal = folder.resolve("other.jsonl");
    Sweep.builder(Tiny.configuration(new RandomSearchGenerator(Tiny.space()), 1))
        .journal(journal)
        .build()
        .run();
    SweepResult longer =
        Sweep.builder(Tiny.configuration(new RandomSearchGenerator(Tiny.space()), 2))
            .journal(journal)
            .build()
            .run();
    assertEquals(List.of(0, 1), longer.records().stream().map(CandidateRecord::index).toList());
    Sweep other = Sweep.builder(configuration()).journal(journal).build();
    String refusal = assertThrows(InvalidInputException.class, other::run).getMessage();
    assertTrue(refusal.contains("belongs to another sweep"), refusal);

    Files.writeString(journal, Files.readString(journal).replace("{\"index\"", "{index"));
    Sweep damaged =
        Sweep.builder(Tiny.configuration(new RandomSearchGenerator(Tiny.space()), 2))
            .journal(journal)
            .build();
    String message = assertThrows(InvalidInputException.class, damaged::run).getMessage();
    assertTrue(message.startsWith("line 2 of the journal"), message);
    assertFalse(message.contains("\n"), message);
  }
}
