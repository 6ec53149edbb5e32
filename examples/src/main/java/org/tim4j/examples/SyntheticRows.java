package org.tim4j.examples;

import java.nio.file.Path;
import org.tim4j.tribuo.TimModel;
import org.tim4j.tribuo.TimTrainer;
import org.tim4j.tribuo.condition.LabelConditionConverter;
import org.tim4j.tribuo.config.TransitionSettings;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.data.csv.CSVLoader;

/** Trains a generator on a CSV file of numbers with a class, and makes rows up with Tribuo. */
public final class SyntheticRows {
  /** Arguments: CSV file, column of the class, steps, for example {@code iris.csv y 1000}. */
  public static void main(String[] args) throws Exception {
    MutableDataset<Label> rows = rows(Path.of(args[0]), args[1], Integer.parseInt(args[2]));
    System.out.println(rows.size() + " rows of " + rows.getFeatureMap().keySet());
  }

  static MutableDataset<Label> rows(Path csv, String column, int steps) throws Exception {
    MutableDataset<Label> dataset =
        new MutableDataset<>(new CSVLoader<>(new LabelFactory()).loadDataSource(csv, column));
    TransitionSettings settings = TransitionSettings.builder().steps(steps).build();
    TimTrainer<Label> trainer = new TimTrainer<>(new LabelConditionConverter(), settings, 1);
    TimModel<Label> model = trainer.train(dataset);
    // 300 rows, 4 evaluations of the network for each, seed 42; then 50 rows of one class
    MutableDataset<Label> rows = new MutableDataset<>(model.generate(300, 4, 42));
    MutableDataset<Label> ofOneClass =
        new MutableDataset<>(model.generate(50, new Label("c1"), 16, 42));
    model.close();
    ofOneClass.forEach(rows::add);
    return rows;
  }
}
