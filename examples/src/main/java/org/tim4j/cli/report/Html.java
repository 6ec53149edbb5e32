package org.tim4j.cli.report;

import java.util.List;
import java.util.Locale;

/** Pieces of a page. */
final class Html {
  private Html() {}

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A table with a header; cells are escaped. */
  static String table(List<String> header, List<List<String>> rows) {
    StringBuilder html = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
    header.forEach(cell -> html.append("<th>").append(escape(cell)).append("</th>"));
    html.append("</tr></thead><tbody>");
    for (List<String> row : rows) {
      html.append("<tr>");
      row.forEach(cell -> html.append("<td>").append(escape(cell)).append("</td>"));
      html.append("</tr>");
    }
    return html.append("</tbody></table></div>").toString();
  }

  static String section(String title, String note, String content) {
    return "<section><h2>"
        + escape(title)
        + "</h2>"
        + (note.isEmpty() ? "" : "<p>" + escape(note) + "</p>")
        + content
        + "</section>\n";
  }

  static String percent(double share) {
    return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  static String number(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.3f", value);
  }
}
