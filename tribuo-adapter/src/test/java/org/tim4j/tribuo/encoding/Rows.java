package org.tim4j.tribuo.encoding;

import java.util.Map;
import java.util.TreeMap;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Small data sets, written as rows of named values. */
final class Rows {
  static final Label LABEL = new Label("a");

  private Rows() {}

  @SafeVarargs
  static MutableDataset<Label> dataset(Map<String, Double>... rows) {
    LabelFactory factory = new LabelFactory();
    MutableDataset<Label> data =
        new MutableDataset<>(new SimpleDataSourceProvenance("rows", factory), factory);
    for (Map<String, Double> row : rows) {
      data.add(example(row));
    }
    return data;
  }

  static MutableDataset<Label> column(double... values) {
    MutableDataset<Label> data = dataset();
    for (double value : values) {
      data.add(example(Map.of("x", value)));
    }
    return data;
  }

  static Example<Label> example(Map<String, Double> row) {
    ArrayExample<Label> example = new ArrayExample<>(LABEL);
    row.forEach((name, value) -> example.add(new Feature(name, value)));
    return example;
  }

  static Map<String, Double> values(Example<Label> example) {
    Map<String, Double> values = new TreeMap<>();
    example.forEach(feature -> values.put(feature.getName(), feature.getValue()));
    return values;
  }
}
