package org.tim4j.cli.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tim4j.layers.TimNetwork;
import org.tim4j.objective.training.StepReport;
import org.tim4j.objective.training.TrainerState;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TrainingProgress;

class LossLogTest {
  private static final int STEPS = 27;

  /** A run of which a log needs to know its steps. */
  private record Steps(long stepsMade) implements TrainingProgress {
    @Override
    public TrainingConfig config() {
      return TrainingConfig.builder().build();
    }

    @Override
    public TimNetwork network() {
      throw new AssertionError("a log has no use for a network");
    }

    @Override
    public TrainerState state() {
      throw new AssertionError("a log has no use for a state");
    }
  }

  @TempDir Path folder;

  private static StepReport report(long step) {
    return new StepReport(step, 8 * (step + 1), 0.9 + 1e-3 * step, 1.0 / (step + 3), 0, 2.5, 0.01);
  }

  private byte[] written(Path file) throws IOException {
    LossLog log = new LossLog(file, 100);
    Steps run = new Steps(0);
    log.trainingStarted(run);
    for (long step = 0; step < STEPS; step++) {
      log.stepDone(run, report(step));
    }
    log.trainingEnded(run);
    return Files.readAllBytes(file);
  }

  private static LossLog resumed(Path file, int steps) {
    LossLog log = new LossLog(file, 100);
    log.trainingStarted(new Steps(steps));
    return log;
  }

  @Test
  void everyCutGivesTheStepsBeforeIt() throws IOException {
    Path file = folder.resolve("loss.csv");
    byte[] whole = written(file);
    int cuts = 0;
    for (int length = 0; length <= whole.length; length++, cuts++) {
      Files.write(file, Arrays.copyOf(whole, length));
      String before = new String(whole, 0, length, StandardCharsets.UTF_8);
      int lines = (int) before.chars().filter(c -> c == '\n').count();
      int kept = Math.min(Math.max(0, lines - 1), 12);
      LossLog log = resumed(file, 12);
      assertEquals(
          LongStream.range(0, kept).mapToObj(step -> report(step).residual()).toList(),
          log.residuals(),
          "cut at " + length);
    }
    assertTrue(cuts > 1000, Integer.toString(cuts));
  }

  @Test
  void aRunThatGoesOnWritesWhatAnUnbrokenOneWrites() throws IOException {
    Path file = folder.resolve("loss.csv");
    byte[] whole = written(file);
    LossLog log = resumed(file, 12);
    for (long step = 12; step < STEPS; step++) {
      log.stepDone(new Steps(step), report(step));
    }
    log.trainingEnded(new Steps(STEPS));
    assertArrayEquals(whole, Files.readAllBytes(file));
    assertEquals(0.27, log.seconds(), 1e-12);
  }

  @Test
  void whatACrashLeavesInTheMiddleIsDropped() throws IOException {
    Path file = folder.resolve("loss.csv");
    String text = new String(written(file), StandardCharsets.UTF_8);
    List<String> lines = text.lines().toList();
    Files.writeString(
        file,
        text.replace(lines.get(3), lines.get(3).substring(0, 9)).replace(lines.get(6), "\0\0\0,"));
    assertEquals(STEPS - 2, resumed(file, STEPS).residuals().size());
  }

  @Test
  void anInterruptDoesNotKeepItFromBeingWritten() throws IOException {
    Path file = folder.resolve("loss.csv");
    LossLog log = new LossLog(file, 1);
    Thread.currentThread().interrupt();
    log.stepDone(new Steps(1), report(0));
    assertTrue(Thread.interrupted());
    assertEquals(2, Files.readAllLines(file).size());
  }
}
