package org.tim4j.cli.evaluate;

import java.util.List;
import java.util.Locale;
import org.tim4j.cli.text.TextTable;

/**
 * Outcome of an evaluation.
 *
 * @param samples number of samples for each number of function evaluations
 * @param realImages number of real images they are compared with
 * @param floor the figures of real images
 * @param figures the figures of samples, in the order asked for
 * @param failures what could not be measured and is NaN, one line each
 */
public record EvaluationReport(
    int samples, int realImages, Floor floor, List<NfeFigures> figures, List<String> failures) {
  public EvaluationReport {
    figures = List.copyOf(figures);
    failures = List.copyOf(failures);
  }

  /**
   * The report as a table of text.
   *
   * @param width characters of a line
   */
  public String table(int width) {
    TextTable table =
        TextTable.of("NFE", "Fréchet", "held-out", "agreement", "precision", "recall", "images/s");
    for (NfeFigures row : figures) {
      table.row(
          Integer.toString(row.nfe()),
          distance(row.frechet()),
          distance(row.frechetHeldOut()),
          share(row.classAgreement()),
          share(row.precision()),
          share(row.recall()),
          String.format(Locale.ROOT, "%.0f", row.imagesPerSecond()));
    }
    table.row(
        "real",
        "",
        distance(floor.frechet()),
        share(floor.classAgreement()),
        share(floor.precision()),
        share(floor.recall()),
        "");
    StringBuilder text = new StringBuilder(table.text(width));
    text.append(
        String.format(
            Locale.ROOT,
            "%,d samples a row against %,d real pictures;%n'real' is the held-out part against the"
                + " rest%n",
            samples,
            realImages));
    failures.forEach(failure -> text.append("not measured: ").append(failure).append('\n'));
    return text.toString();
  }

  private static String distance(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
