package org.tim4j.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.tribuo.condition.LabelConditionConverter;
import org.tim4j.tribuo.config.TransitionSettings;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;

/**
 * Missing cells of rows (x, y, sign of x) with x normal and {@code y = s · 0.9 x + 0.44 ε}, where s
 * is 1 in the class "up" and -1 in "down".
 */
class CompletionTest {
  private static final int ROWS = 600;
  private static final int HELD_OUT = 150;

  private static MutableDataset<Label> training;
  private static List<Example<Label>> heldOut;
  private static TimModel<Label> model;

  @BeforeAll
  static void train() {
    RandomStream random = RandomStream.of(3, 0, Purpose.NOISE);
    training = Tables.of(new LabelFactory(), List.of());
    heldOut = new ArrayList<>();
    for (int i = 0; i < ROWS + HELD_OUT; i++) {
      boolean up = i % 2 == 0;
      double x = random.nextGaussian();
      ArrayExample<Label> row = new ArrayExample<>(new Label(up ? "up" : "down"));
      row.add("x", x);
      row.add("y", (up ? 0.9 : -0.9) * x + 0.44 * random.nextGaussian());
      row.add(x > 0 ? "sign@plus" : "sign@minus", 1);
      if (i < ROWS) {
        training.add(row);
      } else {
        heldOut.add(row);
      }
    }
    model =
        new TimTrainer<>(
                new LabelConditionConverter(),
                TransitionSettings.builder().steps(600).jitter(0.175).build(),
                1)
            .train(training);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static Example<Label> without(Example<Label> row, String prefix) {
    ArrayExample<Label> partial = new ArrayExample<>(row.getOutput());
    for (Feature feature : row) {
      if (!feature.getName().startsWith(prefix)) {
        partial.add(feature);
      }
    }
    return partial;
  }

  private static Map<String, Double> values(Example<Label> row) {
    Map<String, Double> values = new HashMap<>();
    row.forEach(feature -> values.put(feature.getName(), feature.getValue()));
    return values;
  }

  /** Mean of five neighbours of the same class by x. */
  private static double neighbours(Example<Label> row) {
    double x = values(row).get("x");
    return training.getData().stream()
        .filter(other -> other.getOutput().equals(row.getOutput()))
        .map(CompletionTest::values)
        .sorted(Comparator.comparingDouble(other -> Math.abs(other.get("x") - x)))
        .limit(5)
        .mapToDouble(other -> other.get("y"))
        .average()
        .orElseThrow();
  }

  /** The least error is that of the noise, 0.44; always saying 0 has 1. */
  @Test
  void aMissingNumberIsFoundBetterThanByTheMeanAndNearlyAsByNeighbours() {
    double[] squares = new double[2];
    for (Example<Label> row : heldOut) {
      double real = values(row).get("y");
      double mean =
          model.complete(without(row, "y"), 12, 16, 5).stream()
              .mapToDouble(completed -> values(completed).get("y"))
              .average()
              .orElseThrow();
      squares[0] += (mean - real) * (mean - real) / HELD_OUT;
      squares[1] += Math.pow(neighbours(row) - real, 2) / HELD_OUT;
    }
    double ours = Math.sqrt(squares[0]);
    double ofNeighbours = Math.sqrt(squares[1]);
    assertTrue(ours < 0.65, "error " + ours);
    assertTrue(ours < 1.25 * ofNeighbours, ours + " and " + ofNeighbours);
  }

  @Test
  void whatIsGivenIsKept() {
    for (Example<Label> row : heldOut) {
      Example<Label> completed = model.complete(without(row, "sign"));
      assertEquals(row.getOutput(), completed.getOutput());
      assertEquals(values(row).get("x"), values(completed).get("x"));
      assertEquals(values(row).get("y"), values(completed).get("y"));
      assertEquals(3, completed.size());
    }
  }

  @Test
  void completionsAreReproducibleAndImpossibleOnesRefused() {
    Example<Label> partial = without(heldOut.get(0), "y");
    assertEquals(
        Tiny.rows(model.complete(partial, 3, 4, 9)), Tiny.rows(model.complete(partial, 3, 4, 9)));
    assertEquals(2, partial.size());
    assertThrows(IllegalArgumentException.class, () -> model.complete(partial, 0, 4, 9));
    assertThrows(IllegalArgumentException.class, () -> model.complete(partial, 1, 0, 9));
    Example<Label> foreign =
        new ArrayExample<>(new Label("up"), new String[] {"z"}, new double[] {1});
    assertThrows(IllegalArgumentException.class, () -> model.complete(foreign));
  }

  @Test
  void anUnknownOutputIsDrawn() {
    ArrayExample<Label> partial =
        new ArrayExample<>(LabelFactory.UNKNOWN_LABEL, new String[] {"x"}, new double[] {1});
    List<Example<Label>> completed = model.complete(partial, 10, 4, 1);
    long up = completed.stream().filter(row -> row.getOutput().getLabel().equals("up")).count();
    assertEquals(5, up);
  }
}
