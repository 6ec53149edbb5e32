package org.tim4j.cli.image;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The residual of training over steps. Every point is the mean of a stretch of steps, because the
 * residual of one step varies with the drawn times far more than it falls.
 */
public final class LossPlot {
  private static final int POINTS = 200;

  private LossPlot() {}

  /**
   * Draws the curve.
   *
   * @param residuals mean squared residual of each step, at least one
   * @param firstStep number of the first step
   */
  public static BufferedImage draw(List<Double> residuals, long firstStep) {
    int stretch = Math.max(1, (residuals.size() + POINTS - 1) / POINTS);
    List<Double> steps = new ArrayList<>();
    List<Double> means = new ArrayList<>();
    for (int start = 0; start < residuals.size(); start += stretch) {
      List<Double> part = residuals.subList(start, Math.min(residuals.size(), start + stretch));
      steps.add(firstStep + start + (part.size() - 1) / 2.0);
      means.add(part.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
    }
    XYChart chart =
        new XYChartBuilder()
            .width(800)
            .height(500)
            .title("Residual between prediction and target")
            .xAxisTitle("step")
            .yAxisTitle("residual, mean of " + stretch + " steps")
            .build();
    chart.getStyler().setYAxisLogarithmic(positive(means)).setLegendVisible(false);
    chart.addSeries("residual", steps, means).setMarker(SeriesMarkers.NONE);
    return BitmapEncoder.getBufferedImage(chart);
  }

  private static boolean positive(List<Double> values) {
    return values.stream().allMatch(value -> value > 0);
  }
}
