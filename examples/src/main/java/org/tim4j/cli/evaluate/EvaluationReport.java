package org.tim4j.cli.evaluate;

import java.util.List;
import java.util.Locale;

/**
 * Outcome of an evaluation.
 *
 * @param samples number of samples for each number of function evaluations
 * @param realImages number of real images they are compared with
 * @param floor the figures of real images
 * @param figures the figures of samples, in the order asked for
 */
public record EvaluationReport(int samples, int realImages, Floor floor, List<NfeFigures> figures) {
  public EvaluationReport {
    figures = List.copyOf(figures);
  }

  /** The report as a table of text. */
  public String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT,
            "%6s %10s %10s %10s %10s %10s %10s%n",
            "NFE",
            "Fréchet",
            "held-out",
            "agreement",
            "precision",
            "recall",
            "images/s"));
    for (NfeFigures row : figures) {
      table.append(
          String.format(
              Locale.ROOT,
              "%6d %10.4f %10.4f %10.3f %10.3f %10.3f %10.0f%n",
              row.nfe(),
              row.frechet(),
              row.frechetHeldOut(),
              row.classAgreement(),
              row.precision(),
              row.recall(),
              row.imagesPerSecond()));
    }
    return table
        .append(
            String.format(
                Locale.ROOT,
                "%6s %10s %10.4f %10.3f %10.3f %10.3f%n",
                "real",
                "",
                floor.frechet(),
                floor.classAgreement(),
                floor.precision(),
                floor.recall()))
        .append(
            String.format(
                Locale.ROOT,
                "%,d samples a row against %,d real pictures; 'real' is the held-out part against the rest%n",
                samples,
                realImages))
        .toString();
  }
}
