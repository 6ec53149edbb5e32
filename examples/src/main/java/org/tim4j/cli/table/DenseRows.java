package org.tim4j.cli.table;

import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.Output;

/**
 * Copies of data sets in which every feature is present, absent ones as 0. Tribuo's transformations
 * take statistics of the features that are present, and a one-hot feature is 1 wherever it is.
 */
final class DenseRows {
  private DenseRows() {}

  /** Copies {@code rows} with the features of {@code domain}. */
  static <T extends Output<T>> MutableDataset<T> of(Dataset<T> rows, Dataset<?> domain) {
    MutableDataset<T> dense =
        new MutableDataset<>(rows.getSourceProvenance(), rows.getOutputFactory());
    for (Example<T> row : rows) {
      Example<T> copy = row.copy();
      copy.densify(domain.getFeatureMap());
      dense.add(copy);
    }
    return dense;
  }
}
