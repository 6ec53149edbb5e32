package org.tim4j.cli.evaluate;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The Fréchet distance over the number of function evaluations (NFE), and its floor. */
public final class NfePlot {
  private NfePlot() {}

  /** Draws the curve of a report, without what could not be measured. */
  public static BufferedImage draw(EvaluationReport report) {
    List<NfeFigures> measured =
        report.figures().stream().filter(row -> Double.isFinite(row.frechet())).toList();
    List<Double> evaluations = measured.stream().map(row -> (double) row.nfe()).toList();
    XYChart chart =
        new XYChartBuilder()
            .width(800)
            .height(500)
            .title("Fréchet distance to real images")
            .xAxisTitle("NFE")
            .yAxisTitle("Fréchet distance")
            .build();
    chart.getStyler().setXAxisLogarithmic(true).setYAxisMin(0.0);
    if (!measured.isEmpty()) {
      chart.addSeries(
          "generated", evaluations, measured.stream().map(NfeFigures::frechet).toList());
      addFloor(chart, evaluations, report.floor().frechet());
    }
    return BitmapEncoder.getBufferedImage(chart);
  }

  private static void addFloor(XYChart chart, List<Double> evaluations, double floor) {
    if (Double.isFinite(floor)) {
      XYSeries line =
          chart.addSeries(
              "real, train against test",
              evaluations,
              evaluations.stream().map(nfe -> floor).toList());
      line.setMarker(SeriesMarkers.NONE).setLineColor(Color.GRAY);
      float[] dashes = {4, 4};
      line.setLineStyle(
          new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0));
    }
  }
}
