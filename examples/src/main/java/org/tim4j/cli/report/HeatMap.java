package org.tim4j.cli.report;

import java.util.List;
import java.util.Locale;
import org.tim4j.tribuo.evaluation.Association;

/** The strength of the relation of every pair of columns, as squares from white to dark. */
final class HeatMap {
  private static final int SIZE = 460;
  private static final int MARGIN = 90;
  private static final int MAX_NAMES = 40;
  private static final int LONGEST_NAME = 14;
  private static final int FONT = 11;

  private HeatMap() {}

  /** Draws {@code [column][column]} of values in [0, 1]. */
  static String svg(String title, Association association) {
    double[][] values = association.strengths();
    List<String> names = association.names();
    int count = names.size();
    boolean named = count <= MAX_NAMES;
    int margin = named ? MARGIN : 4;
    double cell = (SIZE - margin) / (double) count;
    StringBuilder svg =
        new StringBuilder(
            String.format(
                Locale.ROOT, "<figure><svg viewBox=\"0 0 %d %d\" class=\"heat\">", SIZE, SIZE));
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        int shade = (int) Math.round(255 * (1 - (i == j ? 1 : values[i][j])));
        svg.append(
            String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"rgb(%d,%d,%d)\">%s</rect>",
                margin + j * cell,
                i * cell,
                cell,
                cell,
                shade,
                (shade + 255) / 2 * 3 / 4 + shade / 4,
                255 - (255 - shade) / 3,
                named
                    ? String.format(
                        Locale.ROOT,
                        "<title>%s × %s: %.2f</title>",
                        Html.escape(names.get(i)),
                        Html.escape(names.get(j)),
                        values[i][j])
                    : ""));
      }
      if (named) {
        String name = names.get(i);
        String cut =
            name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME - 1) + "…" : name;
        double at = (i + 0.5) * cell;
        double font = Math.min(FONT, cell);
        svg.append(
            String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" font-size=\"%.1f\">%s</text>",
                margin - 4,
                at + font / 3,
                font,
                Html.escape(cut)));
        svg.append(
            String.format(
                Locale.ROOT,
                "<text text-anchor=\"end\" font-size=\"%.1f\" transform=\"translate(%.1f %d) rotate(-60)\">%s</text>",
                font,
                margin + at,
                SIZE - margin + 10,
                Html.escape(cut)));
      }
    }
    return svg.append("</svg><figcaption>")
        .append(Html.escape(title))
        .append("</figcaption></figure>")
        .toString();
  }
}
