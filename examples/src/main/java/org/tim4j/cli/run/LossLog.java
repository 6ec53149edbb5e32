package org.tim4j.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.training.StepReport;
import org.tim4j.objective.training.TrainingListener;
import org.tim4j.objective.training.TrainingProgress;

/**
 * The figures of every step, in memory and, whenever a checkpoint is due and at the end, in a CSV
 * file. A run that goes on keeps the lines of the steps before its checkpoint.
 */
public final class LossLog implements TrainingListener {
  private static final String HEADER = "step,examples_seen,loss,residual,gradient_norm,seconds";
  private static final int RESIDUAL = 3;
  private static final int SECONDS = 5;

  private final Path file;
  private final int interval;
  private final List<String> lines = new ArrayList<>();

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
    try {
      Files.readAllLines(file).stream()
          .skip(1)
          .filter(line -> Long.parseLong(line.split(",")[0]) < run.stepsMade())
          .forEach(lines::add);
    } catch (IOException | NumberFormatException e) {
      throw new InvalidInputException(
          "cannot read the log " + file + " of the run; move it away to go on without", e);
    }
  }

  @Override
  public void stepDone(TrainingProgress run, StepReport report) {
    lines.add(
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
    content.addAll(lines);
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new InvalidInputException("cannot write " + file + ": " + e.getMessage(), e);
    }
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
    return lines.stream().map(line -> Double.valueOf(line.split(",")[index])).toList();
  }
}
