package org.tim4j.tribuo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.data.csv.CSVLoader;
import org.tribuo.evaluation.TrainTestSplitter;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/** The tables of the tests. */
final class Tables {
  private Tables() {}

  /** A training set and a test set. */
  record Split<T extends Output<T>>(MutableDataset<T> training, MutableDataset<T> test) {}

  static Split<Label> classification(String name, long seed) {
    return split(name, new LabelFactory(), seed);
  }

  static Split<Regressor> diabetes(long seed) {
    return split("diabetes", new RegressionFactory(), seed);
  }

  /** Splits a table, 80 to 20. */
  private static <T extends Output<T>> Split<T> split(
      String name, OutputFactory<T> factory, long seed) {
    try {
      TrainTestSplitter<T> splitter =
          new TrainTestSplitter<>(
              new CSVLoader<>(factory).loadDataSource(Tables.class.getResource(name + ".csv"), "y"),
              0.8,
              seed);
      return new Split<>(
          new MutableDataset<>(splitter.getTrain()), new MutableDataset<>(splitter.getTest()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T extends Output<T>> MutableDataset<T> of(
      OutputFactory<T> factory, List<? extends Example<T>> examples) {
    MutableDataset<T> data =
        new MutableDataset<>(new SimpleDataSourceProvenance("rows", factory), factory);
    examples.forEach(data::add);
    return data;
  }

  /** Two classes of two numbers, apart in the first: cats around 0, dogs around 5. */
  static MutableDataset<Label> catsAndDogs() {
    MutableDataset<Label> data = of(new LabelFactory(), List.of());
    for (int i = 0; i < 12; i++) {
      double spread = (i % 6 - 2.5) / 5;
      boolean dog = i >= 6;
      data.add(
          new ArrayExample<>(
              new Label(dog ? "dog" : "cat"),
              new String[] {"size", "weight"},
              new double[] {(dog ? 5 : 0) + spread, 1.5 * spread * spread}));
    }
    return data;
  }
}
