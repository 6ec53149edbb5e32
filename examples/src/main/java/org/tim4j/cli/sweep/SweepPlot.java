package org.tim4j.cli.sweep;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.tim4j.arbiter.candidate.CandidateRecord;
import org.tim4j.arbiter.candidate.CurvePoint;
import org.tim4j.arbiter.candidate.Outcome;
import org.tim4j.arbiter.sweep.SweepResult;

/**
 * Images of a sweep: its scores over one setting, over the time that the sweep has taken, and in
 * the course of each training. The sweep has a candidate that spent its budget.
 */
public final class SweepPlot {
  private final SweepResult result;
  private final String score;

  /**
   * @param score what the score is, for the axis
   */
  public SweepPlot(SweepResult result, String score) {
    this.result = result;
    this.score = score;
  }

  /**
   * Draws the scores over a setting.
   *
   * @param setting where a candidate's settings hold the number, as a JSON pointer
   * @param name of the setting, for the axis
   */
  public BufferedImage over(String setting, String name) {
    XYChart chart = chart(score + " over " + name, name);
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    CandidateRecord best = result.best().orElseThrow();
    List<CandidateRecord> others = new ArrayList<>(scored());
    others.remove(best);
    if (!others.isEmpty()) {
      addPoints(chart, "candidates", setting, others);
    }
    addPoints(chart, "best", setting, List.of(best));
    return BitmapEncoder.getBufferedImage(chart);
  }

  private static void addPoints(
      XYChart chart, String name, String setting, List<CandidateRecord> candidates) {
    chart.addSeries(
        name,
        candidates.stream().map(c -> c.configuration().at(setting).asDouble()).toList(),
        candidates.stream().map(CandidateRecord::score).toList());
  }

  /** Draws the scores of all candidates, and the best so far, over the seconds of training. */
  public BufferedImage overTime() {
    XYChart chart = chart(score + " over time", "seconds of training");
    List<Double> ends = new ArrayList<>();
    List<Double> scores = new ArrayList<>();
    List<Double> best = new ArrayList<>();
    double seconds = 0;
    for (CandidateRecord candidate : result.records()) {
      seconds += candidate.seconds();
      if (candidate.score() != null) {
        ends.add(seconds);
        scores.add(candidate.score());
        double before = best.isEmpty() ? Double.MAX_VALUE : best.get(best.size() - 1);
        best.add(Math.min(before, candidate.score()));
      }
    }
    chart.addSeries("candidates", ends, scores).setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    chart.addSeries("best so far", ends, best).setXYSeriesRenderStyle(XYSeriesRenderStyle.Step);
    return BitmapEncoder.getBufferedImage(chart);
  }

  /** Draws the scores of each candidate in the course of its training. */
  public BufferedImage curves() {
    XYChart chart = chart(score + " in the course of training", "training steps");
    for (CandidateRecord candidate : scored()) {
      List<CurvePoint> curve = candidate.curve();
      chart.addSeries(
          "candidate " + candidate.index(),
          curve.stream().map(point -> (double) point.steps()).toList(),
          curve.stream().map(CurvePoint::score).toList());
    }
    return BitmapEncoder.getBufferedImage(chart);
  }

  private List<CandidateRecord> scored() {
    return result.records().stream().filter(c -> c.outcome() != Outcome.FAILED).toList();
  }

  private XYChart chart(String title, String axis) {
    XYChart chart =
        new XYChartBuilder()
            .width(640)
            .height(420)
            .title(title)
            .xAxisTitle(axis)
            .yAxisTitle(score)
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    return chart;
  }
}
