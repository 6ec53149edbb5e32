package org.tim4j.cli.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.training.StepReport;
import org.tim4j.objective.training.TrainingListener;
import org.tim4j.objective.training.TrainingProgress;
import org.tim4j.objective.training.Uninterrupted;

/**
 * The figures of every step, in memory and, whenever a checkpoint is due and at the end, in a CSV
 * file. A run that goes on keeps the lines of the steps before its checkpoint; a line that was cut
 * off while it was written is dropped.
 */
public final class LossLog implements TrainingListener {
  private static final String HEADER = "step,examples_seen,loss,residual,gradient_norm,seconds";
  private static final int COLUMNS = HEADER.split(",").length;
  private static final int RESIDUAL = 3;
  private static final int SECONDS = 5;

  private final Path file;
  private final int interval;
  private final TreeMap<Long, String> lines = new TreeMap<>();

  /**
   * @param file where to write
   * @param interval steps between writes
   */
  public LossLog(Path file, int interval) {
    this.file = file;
    this.interval = interval;
  }

  @Override
  public void trainingStarted(TrainingProgress run) {
    if (run.stepsMade() == 0 || !Files.exists(file)) {
      return;
    }
    String text;
    try {
      text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot read the log " + file + " of the run; move it away to go on without", e);
    }
    text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(this::keep);
    lines.tailMap(run.stepsMade(), true).clear();
  }

  /** Keeps a line that is whole. */
  private void keep(String line) {
    String[] cells = line.split(",", -1);
    if (cells.length != COLUMNS) {
      return;
    }
    try {
      Arrays.stream(cells).forEach(Double::parseDouble);
      lines.put(Long.parseLong(cells[0]), line);
    } catch (NumberFormatException e) {
      // The header, or what a crash of the machine left of a line.
    }
  }

  @Override
  public void stepDone(TrainingProgress run, StepReport report) {
    lines.put(
        report.step(),
        report.step()
            + ","
            + report.examplesSeen()
            + ","
            + report.loss()
            + ","
            + report.residual()
            + ","
            + report.gradientNorm()
            + ","
            + report.seconds());
    if ((report.step() + 1) % interval == 0) {
      write();
    }
  }

  @Override
  public void trainingEnded(TrainingProgress run) {
    write();
  }

  private void write() {
    List<String> content = new ArrayList<>(List.of(HEADER));
    content.addAll(lines.values());
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Uninterrupted.run(
        () -> {
          try {
            Files.write(next, content);
            Files.move(
                next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
          } catch (IOException e) {
            throw new InvalidInputException("cannot write " + file + ": " + e.getMessage(), e);
          }
        });
  }

  /** Residuals of the steps in order. */
  public List<Double> residuals() {
    return column(RESIDUAL);
  }

  /** Seconds spent in all steps. */
  public double seconds() {
    return column(SECONDS).stream().mapToDouble(Double::doubleValue).sum();
  }

  private List<Double> column(int index) {
    return lines.values().stream().map(line -> Double.valueOf(line.split(",")[index])).toList();
  }
}
