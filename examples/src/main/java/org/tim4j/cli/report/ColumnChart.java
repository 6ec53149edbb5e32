package org.tim4j.cli.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.tim4j.tribuo.table.TableColumn;
import org.tim4j.tribuo.table.TableSchema;

/** The shares of the values of a column, real and generated rows over each other. */
final class ColumnChart {
  private static final int BINS = 24;
  private static final int MAX_BARS = 12;
  private static final int WIDTH = 300;
  private static final int HEIGHT = 120;
  private static final int LABELS = 44;
  private static final int LONGEST_LABEL = 10;

  private ColumnChart() {}

  /** Draws a column. */
  static String svg(TableColumn real, TableColumn synthetic, TableSchema schema) {
    return real.isCategorical() ? categories(real, synthetic) : numbers(real, synthetic, schema);
  }

  private static String numbers(TableColumn real, TableColumn synthetic, TableSchema schema) {
    double minimum = Arrays.stream(real.present()).min().orElse(0);
    double maximum = Arrays.stream(real.present()).max().orElse(1);
    boolean whole =
        maximum - minimum < BINS && Arrays.stream(real.present()).allMatch(v -> v == Math.rint(v));
    int bins = whole ? (int) (maximum - minimum) + 1 : BINS;
    double width = whole || maximum == minimum ? 1 : (maximum - minimum) / BINS;
    double[] a = histogram(real, minimum, width, bins);
    double[] b = histogram(synthetic, minimum, width, bins);
    List<String> labels = new ArrayList<>(Collections.nCopies(bins, ""));
    labels.set(bins - 1, schema.text(real, maximum));
    labels.set(0, schema.text(real, minimum));
    return bars(a, b, labels);
  }

  private static double[] histogram(TableColumn column, double minimum, double width, int bins) {
    double[] shares = new double[bins];
    for (double value : column.present()) {
      int bin = (int) Math.floor((value - minimum) / width);
      shares[Math.min(Math.max(bin, 0), bins - 1)] += 1.0 / column.values().length;
    }
    return shares;
  }

  private static String categories(TableColumn real, TableColumn synthetic) {
    int count = synthetic.categories().size();
    double[] a = shares(real, count);
    double[] b = shares(synthetic, count);
    List<Integer> order =
        IntStream.range(0, count).boxed().sorted(Comparator.comparing(i -> -a[i])).toList();
    int shown = count <= MAX_BARS ? count : MAX_BARS - 1;
    int bars = count <= MAX_BARS ? count : MAX_BARS;
    double[] realBars = new double[bars];
    double[] syntheticBars = new double[bars];
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int bar = Math.min(i, bars - 1);
      realBars[bar] += a[order.get(i)];
      syntheticBars[bar] += b[order.get(i)];
      if (i < shown) {
        labels.add(synthetic.categories().get(order.get(i)));
      }
    }
    if (bars > shown) {
      labels.add((count - shown) + " more");
    }
    return bars(realBars, syntheticBars, labels);
  }

  private static double[] shares(TableColumn column, int count) {
    double[] shares = new double[count];
    for (double value : column.present()) {
      shares[(int) value] += 1.0 / column.values().length;
    }
    return shares;
  }

  private static String bars(double[] real, double[] synthetic, List<String> labels) {
    double most = 1e-9;
    for (int i = 0; i < real.length; i++) {
      most = Math.max(most, Math.max(real[i], synthetic[i]));
    }
    StringBuilder svg =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "<svg viewBox=\"-36 0 %d %d\" class=\"chart\">",
                WIDTH + 38,
                HEIGHT + LABELS));
    double step = WIDTH / (double) Math.max(1, real.length);
    boolean sparse = labels.stream().filter(label -> !label.isEmpty()).count() < real.length;
    for (int i = 0; i < real.length; i++) {
      double a = HEIGHT * real[i] / most;
      double b = HEIGHT * synthetic[i] / most;
      svg.append(
          String.format(
              Locale.ROOT,
              "<g><title>%s real %s, generated %s</title><rect class=\"real\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/><rect class=\"made\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/></g>",
              Html.escape(labels.get(i)),
              Html.percent(real[i]),
              Html.percent(synthetic[i]),
              i * step,
              HEIGHT - a,
              step * 0.92,
              a,
              i * step,
              HEIGHT - b,
              step * 0.92,
              b));
      String label = labels.get(i);
      if (!label.isEmpty()) {
        svg.append(label(label, i, step, sparse));
      }
    }
    return svg.append("</svg>").toString();
  }

  /** At the ends of an axis of numbers, slanted below a bar of categories. */
  private static String label(String label, int bar, double step, boolean sparse) {
    if (sparse) {
      return String.format(
          Locale.ROOT,
          "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>",
          bar == 0 ? 0 : WIDTH,
          HEIGHT + 14,
          bar == 0 ? "start" : "end",
          Html.escape(label));
    }
    String cut =
        label.length() > LONGEST_LABEL ? label.substring(0, LONGEST_LABEL - 1) + "…" : label;
    double x = (bar + 0.5) * step;
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"end\" transform=\"rotate(-35 %.1f %d)\">%s</text>",
        x,
        HEIGHT + 11,
        x,
        HEIGHT + 11,
        Html.escape(cut));
  }
}
