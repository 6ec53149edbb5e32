package org.tim4j.tribuo.evaluation;

import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Data sets with the features {@code x0, x1, …}. */
final class TestRows {
  private TestRows() {}

  static MutableDataset<Label> empty() {
    LabelFactory factory = new LabelFactory();
    return new MutableDataset<>(new SimpleDataSourceProvenance("rows", factory), factory);
  }

  static MutableDataset<Label> of(double[]... rows) {
    MutableDataset<Label> data = empty();
    for (double[] row : rows) {
      add(data, "a", row);
    }
    return data;
  }

  static void add(MutableDataset<Label> data, String label, double... row) {
    ArrayExample<Label> example = new ArrayExample<>(new Label(label));
    for (int i = 0; i < row.length; i++) {
      example.add("x" + i, row[i]);
    }
    data.add(example);
  }
}
