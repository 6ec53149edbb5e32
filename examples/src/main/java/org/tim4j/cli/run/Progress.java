package org.tim4j.cli.run;

import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.tim4j.objective.training.StepReport;
import org.tim4j.objective.training.TrainingListener;
import org.tim4j.objective.training.TrainingProgress;

/** A progress bar on the error stream: steps, time left, smoothed residual and images a second. */
public final class Progress implements TrainingListener, AutoCloseable {
  private static final double SMOOTHING = 0.98;
  private static final int TERMINAL_MILLIS = 500;
  private static final int LOG_MILLIS = 30_000;

  private ProgressBar bar;
  private double residual = Double.NaN;
  private double seconds = Double.NaN;

  @Override
  public void trainingStarted(TrainingProgress run) {
    bar =
        new ProgressBarBuilder()
            .setTaskName("train")
            .setInitialMax(run.config().steps())
            .startsFrom(run.stepsMade(), Duration.ZERO)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(System.console() == null ? LOG_MILLIS : TERMINAL_MILLIS)
            .build();
  }

  @Override
  public void stepDone(TrainingProgress run, StepReport report) {
    residual = smoothed(residual, report.residual());
    seconds = smoothed(seconds, report.seconds());
    bar.setExtraMessage(
        String.format(
            Locale.ROOT,
            " loss %.4f, %.0f images/s",
            residual,
            run.config().batchSize() / seconds));
    bar.stepTo(report.step() + 1);
  }

  private static double smoothed(double mean, double value) {
    return Double.isNaN(mean) ? value : SMOOTHING * mean + (1 - SMOOTHING) * value;
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
