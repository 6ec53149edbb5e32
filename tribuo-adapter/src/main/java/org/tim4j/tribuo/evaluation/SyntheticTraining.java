package org.tim4j.tribuo.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;

/**
 * Train on synthetic, test on real: whether a classifier that never saw a real row works on them.
 *
 * @param macroF1 by name of the classifier, in [0, 1]
 */
public record SyntheticTraining(Map<String, Double> macroF1) {

  /**
   * Trains every classifier on {@code training} and scores it on {@code test}. Give the real
   * training data to obtain the score to compare with.
   *
   * @param training rows of every class of {@code test}
   * @throws IllegalArgumentException if a data set is empty or {@code test} has a class that {@code
   *     training} lacks
   */
  public static SyntheticTraining of(
      Map<String, Trainer<Label>> classifiers, Dataset<Label> training, Dataset<Label> test) {
    if (training.size() == 0 || test.size() == 0) {
      throw new IllegalArgumentException(
          "Rows to train on and rows to test on are needed, found "
              + training.size()
              + " and "
              + test.size()
              + ".");
    }
    for (Label label : test.getOutputs()) {
      if (!training.getOutputs().contains(label)) {
        throw new IllegalArgumentException(
            "The training rows have no '"
                + label.getLabel()
                + "', which the test rows have; generate rows of every class.");
      }
    }
    Map<String, Double> scores = new LinkedHashMap<>();
    classifiers.forEach(
        (name, trainer) -> scores.put(name, macroF1(trainer.train(training), test)));
    return new SyntheticTraining(scores);
  }

  /** The mean over the classes that the test rows have of 2 TP / (2 TP + FP + FN). */
  private static double macroF1(Model<Label> model, Dataset<Label> test) {
    Map<String, int[]> counts = new TreeMap<>();
    for (Example<Label> example : test) {
      counts.put(example.getOutput().getLabel(), new int[2]);
    }
    int[] elsewhere = new int[2];
    for (Example<Label> example : test) {
      String truth = example.getOutput().getLabel();
      String predicted = model.predict(example).getOutput().getLabel();
      if (truth.equals(predicted)) {
        counts.get(truth)[0]++;
      } else {
        counts.get(truth)[1]++;
        counts.getOrDefault(predicted, elsewhere)[1]++;
      }
    }
    return counts.values().stream()
        .mapToDouble(count -> 2.0 * count[0] / (2.0 * count[0] + count[1]))
        .average()
        .orElse(Double.NaN);
  }

  /** The mean over the classifiers, in [0, 1]. */
  public double mean() {
    return macroF1.values().stream().mapToDouble(v -> v).average().orElse(Double.NaN);
  }
}
