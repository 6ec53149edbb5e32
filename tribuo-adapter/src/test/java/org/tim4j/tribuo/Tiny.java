package org.tim4j.tribuo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tim4j.tribuo.condition.LabelConditionConverter;
import org.tim4j.tribuo.config.TransitionSettings;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.classification.Label;

/** Trainers that are fast rather than good. */
final class Tiny {
  private Tiny() {}

  static TransitionSettings settings(int steps) {
    return TransitionSettings.builder()
        .steps(steps)
        .batchSize(16)
        .hiddenSize(8)
        .heads(1)
        .depth(1)
        .build();
  }

  static TimTrainer<Label> trainer(long seed) {
    return new TimTrainer<>(new LabelConditionConverter(), settings(4), seed);
  }

  /** The outputs and features of examples, to be compared. */
  static List<String> rows(Iterable<? extends Example<?>> examples) {
    List<String> rows = new ArrayList<>();
    for (Example<?> example : examples) {
      Map<String, Double> features = new TreeMap<>();
      for (Feature feature : example) {
        features.put(feature.getName(), feature.getValue());
      }
      rows.add(example.getOutput() + " " + features);
    }
    return rows;
  }
}
