package org.tim4j.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tim4j.tribuo.condition.LabelConditionConverter;
import org.tim4j.tribuo.config.TransitionSettings;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** The first program of the module's README. */
class ReadmeExampleTest {
  private static MutableDataset<Label> dataset() {
    LabelFactory labels = new LabelFactory();
    MutableDataset<Label> dataset =
        new MutableDataset<>(new SimpleDataSourceProvenance("two classes", labels), labels);
    for (int i = 0; i < 40; i++) {
      ArrayExample<Label> example = new ArrayExample<>(new Label("c" + i % 2));
      example.add("x", i);
      example.add("y", i % 7);
      dataset.add(example);
    }
    return dataset;
  }

  @Test
  void rowsOfAllClassesAndOfOne() {
    MutableDataset<Label> dataset = dataset();
    TransitionSettings settings = Tiny.settings(4);

    TimTrainer<Label> trainer = new TimTrainer<>(new LabelConditionConverter(), settings, 1);
    TimModel<Label> model = trainer.train(dataset);
    // 300 rows, 4 evaluations of the network for each, seed 42; then 50 rows of one class
    MutableDataset<Label> rows = new MutableDataset<>(model.generate(300, 4, 42));
    MutableDataset<Label> ofOneClass =
        new MutableDataset<>(model.generate(50, new Label("c1"), 16, 42));
    model.close();

    assertEquals(300, rows.size());
    assertEquals(Set.of("x", "y"), Set.copyOf(rows.getFeatureMap().keySet()));
    assertEquals(50, ofOneClass.size());
    assertEquals(
        Set.of("c1"),
        ofOneClass.getData().stream()
            .map(row -> row.getOutput().getLabel())
            .collect(Collectors.toSet()));
  }
}
