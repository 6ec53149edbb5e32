package org.tim4j.cli.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tim4j.cli.data.Digits;
import org.tim4j.cli.data.TrainTest;
import org.tim4j.objective.image.ImageSet;

class EvaluatorTest {
  private static final TrainTest DIGITS = new Digits().load();
  private static final Evaluator EVALUATOR = new Evaluator(DIGITS);

  @Test
  void realImagesInThePlaceOfSamplesArePerfect() {
    NfeFigures figures = EVALUATOR.figures(1, DIGITS.all(), 0.5);
    assertEquals(0, figures.frechet(), 1e-9);
    assertEquals(EVALUATOR.floor().frechet(), 0.37, 0.15);
    assertTrue(figures.classAgreement() > 0.97);
    assertEquals(1, figures.precision());
    assertEquals(1, figures.recall());
    assertEquals(2 * 1797, figures.imagesPerSecond());
    assertEquals(1797, EVALUATOR.realImages());
  }

  @Test
  void classifierOfTheTrainingPartReachesNinetySevenPercent() {
    assertTrue(EVALUATOR.floor().classAgreement() >= 0.97);
  }

  @Test
  void invertedImagesAreFarOff() {
    ImageSet real = DIGITS.test();
    ImageSet inverted = new ImageSet(real.images().neg(), real.classes(), real.classNames());
    NfeFigures figures = EVALUATOR.figures(1, inverted, 1);
    assertTrue(figures.frechet() > 30);
    assertEquals(0, figures.precision());
    assertEquals(0, figures.recall());
  }

  @Test
  void tableHasOneRowForEachNfeAndTheFloor() {
    NfeFigures one = new NfeFigures(1, 0.5, 0.7, 0.93, 0.8, 0.7, 1000);
    EvaluationReport report =
        new EvaluationReport(1800, 1797, new Floor(0.37, 0.98, 0.9, 0.6), List.of(one), List.of());
    List<String> lines = report.table(80).lines().toList();
    assertEquals("   1   0.5000    0.7000      0.930      0.800   0.700      1000", lines.get(1));
    assertEquals("real             0.3700      0.980      0.900   0.600", lines.get(2));
  }

  /** Two images leave one to hold out, too few for any figure; the report says so and is drawn. */
  @Test
  void whatCannotBeMeasuredIsNamedAndEndsNothing() {
    ImageSet first = DIGITS.train().select(new int[] {0});
    Evaluator evaluator = new Evaluator(new TrainTest(first, DIGITS.test().select(new int[] {0})));
    NfeFigures figures = evaluator.figures(1, DIGITS.test().select(new int[] {0, 1, 2, 3, 4}), 1);
    assertEquals(5, figures.imagesPerSecond());
    assertTrue(Double.isFinite(figures.frechet()), "two real images have a covariance");
    assertTrue(Double.isNaN(figures.frechetHeldOut()), "one has none");
    assertTrue(Double.isNaN(figures.precision()));
    EvaluationReport report =
        new EvaluationReport(5, 2, evaluator.floor(), List.of(figures), evaluator.failures());
    assertEquals(3, report.failures().size(), report.failures().toString());
    assertTrue(
        report.table(80).contains("not measured: Fréchet distance to the held-out part: "),
        report.table(80));
    assertEquals(800, NfePlot.draw(report).getWidth());
    NfeFigures nothing = new NfeFigures(1, Double.NaN, 0, 0, 0, 0, 0);
    EvaluationReport empty =
        new EvaluationReport(5, 2, evaluator.floor(), List.of(nothing), List.of());
    assertEquals(800, NfePlot.draw(empty).getWidth());
  }
}
