package org.tim4j.examples.sweep;

import java.awt.image.BufferedImage;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.tim4j.arbiter.candidate.CandidateRecord;
import org.tim4j.arbiter.candidate.CurvePoint;
import org.tim4j.arbiter.candidate.Outcome;
import org.tim4j.arbiter.sweep.SweepResult;

/** Pictures of a sweep: its scores over one setting, and over the time of training. */
public final class SweepPlot {
  /** Where a candidate's settings hold the exponent of the interval weighting. */
  public static final String EXPONENT = "/training/loss/weighting/exponent";

  /** Where a candidate's settings hold σ_d. */
  public static final String SIGMA_DATA = "/training/transport/sigmaData";

  private SweepPlot() {}

  /**
   * Draws the scores of the candidates that did not fail over a setting.
   *
   * @param result has at least one such candidate
   * @param setting where a candidate's settings hold the number, as a JSON pointer
   * @param name of the setting, for the axis
   */
  public static BufferedImage scores(SweepResult result, String setting, String name) {
    List<CandidateRecord> scored = scored(result);
    XYChart chart = chart("Score over " + name, name);
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    chart.addSeries(
        "candidates",
        scored.stream().map(c -> c.configuration().at(setting).asDouble()).toList(),
        scored.stream().map(CandidateRecord::score).toList());
    return BitmapEncoder.getBufferedImage(chart);
  }

  /**
   * Draws the scores of each candidate in the course of its training.
   *
   * @param result has at least one candidate that did not fail
   */
  public static BufferedImage curves(SweepResult result) {
    XYChart chart = chart("Scores in the course of training", "training steps");
    for (CandidateRecord candidate : scored(result)) {
      List<CurvePoint> curve = candidate.curve();
      chart.addSeries(
          "candidate " + candidate.index(),
          curve.stream().map(point -> (double) point.steps()).toList(),
          curve.stream().map(CurvePoint::score).toList());
    }
    return BitmapEncoder.getBufferedImage(chart);
  }

  private static List<CandidateRecord> scored(SweepResult result) {
    return result.records().stream().filter(c -> c.outcome() != Outcome.FAILED).toList();
  }

  private static XYChart chart(String title, String axis) {
    return new XYChartBuilder()
        .width(800)
        .height(500)
        .title(title)
        .xAxisTitle(axis)
        .yAxisTitle("Fréchet distance, NFE 1")
        .build();
  }
}
