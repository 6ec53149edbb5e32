package org.tim4j.cli.table;

import org.tim4j.tribuo.evaluation.CorrelationSimilarity;
import org.tim4j.tribuo.evaluation.MarginalSimilarity;
import org.tribuo.Dataset;

/**
 * How alike real and generated rows are; 1 is best.
 *
 * @param columns mean over the columns of the Kolmogorov–Smirnov or total-variation complement
 * @param correlations mean over the pairs of columns of the similarity of correlations
 */
public record TableFidelity(double columns, double correlations) {
  static TableFidelity of(Dataset<?> real, Dataset<?> synthetic) {
    return new TableFidelity(
        MarginalSimilarity.of(real, synthetic, "@").mean(),
        CorrelationSimilarity.of(real, synthetic));
  }
}
