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

  /** Draws the curve of a report. */
  public static BufferedImage draw(EvaluationReport report) {
    List<Double> evaluations =
        report.figures().stream().map(figures -> (double) figures.nfe()).toList();
    XYChart chart =
        new XYChartBuilder()
            .width(800)
            .height(500)
            .title("Fréchet distance to real pictures")
            .xAxisTitle("NFE")
            .yAxisTitle("Fréchet distance")
            .build();
    chart.getStyler().setXAxisLogarithmic(true).setYAxisMin(0.0);
    chart.addSeries(
        "generated", evaluations, report.figures().stream().map(NfeFigures::frechet).toList());
    XYSeries floor =
        chart.addSeries(
            "real, train against test",
            evaluations,
            evaluations.stream().map(nfe -> report.floor().frechet()).toList());
    floor.setMarker(SeriesMarkers.NONE).setLineColor(Color.GRAY);
    floor.setLineStyle(
        new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {4, 4}, 0));
    return BitmapEncoder.getBufferedImage(chart);
  }
}
