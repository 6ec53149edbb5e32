package org.tim4j.tribuo.condition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.google.protobuf.StringValue;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.tribuo.protos.OutputPriorProto;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

class OutputPriorTest {
  private static final LabelConditionConverter LABELS = new LabelConditionConverter();
  private static final RegressorConditionConverter NUMBERS = new RegressorConditionConverter();

  private static MutableDataset<Label> labels(String... names) {
    return ConditionConverterTest.data(
        new LabelFactory(), java.util.stream.Stream.of(names).map(Label::new).toList());
  }

  private static OutputPrior<Label> fit(MutableDataset<Label> data) {
    return OutputPrior.fit(data, LABELS, data.getOutputIDInfo(), 1);
  }

  @Test
  void outputsCountAsOftenAsTheyOccurAndAsMuchAsTheyWeigh() {
    MutableDataset<Label> data = labels("a", "b", "a", "b");
    data.getExample(3).setWeight(2);
    Belief<Label> belief = fit(data).belief();
    assertEquals(List.of(new Label("a"), new Label("b")), belief.outputs());
    assertArrayEquals(new double[] {0.4, 0.6}, belief.probabilities(), 1e-7);
  }

  @Test
  void everyClassIsDrawnAsOftenAsItsShareSays() {
    List<Label> drawn = fit(labels("a", "b", "b", "b")).draw(4000, 5);
    assertEquals(3000, drawn.stream().filter(label -> label.getLabel().equals("b")).count());
    assertEquals(drawn, fit(labels("a", "b", "b", "b")).draw(4000, 5));
    // In random order: standard deviation 19 in a half.
    long first = drawn.subList(0, 2000).stream().filter(l -> l.getLabel().equals("b")).count();
    assertEquals(1500, first, 80);
  }

  @Test
  void asManyRowsAsTheDataBringEveryOneOfManyClassesBack() {
    String[] names = IntStream.range(0, 600).mapToObj(i -> "c" + i / 2).toArray(String[]::new);
    names[599] = "alone";
    List<Label> drawn = fit(labels(names)).draw(600, 1);
    assertEquals(301, drawn.stream().map(Label::getLabel).distinct().count());
  }

  /** Files of the first version say nothing of drawing; their rows stay the same. */
  @Test
  void aPriorOfTheFirstVersionDrawsEveryOutputByItself() {
    MutableDataset<Label> data = labels("a", "b", "b", "b");
    OutputPriorProto first = fit(data).serialize().toBuilder().clearDrawing().build();
    RandomStream random = RandomStream.of(5, 0, Purpose.CONDITION_PRIOR);
    List<String> expected =
        IntStream.range(0, 100).mapToObj(i -> random.nextDouble() < 0.25 ? "a" : "b").toList();
    assertEquals(expected, read(first, data).draw(100, 5).stream().map(Label::getLabel).toList());
  }

  @Test
  void numbersAreDrawnFromTheirDistributionWithoutRepeatingThem() {
    List<Regressor> many =
        IntStream.range(0, 500)
            .mapToObj(i -> new Regressor("y", i % 4 == 0 ? 7 : Math.exp(i / 100.0)))
            .toList();
    MutableDataset<Regressor> data = ConditionConverterTest.data(new RegressionFactory(), many);
    OutputPrior<Regressor> fitted = OutputPrior.fit(data, NUMBERS, data.getOutputIDInfo(), 1);
    OutputPrior<Regressor> prior =
        OutputPrior.deserialize(fitted.serialize(), NUMBERS, data.getOutputIDInfo());
    double[] drawn = prior.draw(1000, 3).stream().mapToDouble(y -> y.getValues()[0]).toArray();
    double[] real = many.stream().mapToDouble(y -> y.getValues()[0]).toArray();
    assertArrayEquals(
        drawn, fitted.draw(1000, 3).stream().mapToDouble(y -> y.getValues()[0]).toArray());
    // A value that a quarter of the rows share is kept; of the others only its two neighbours may
    // be met, on the way to it.
    assertEquals(250, Arrays.stream(drawn).filter(v -> v == 7).count(), 6);
    long repeated =
        Arrays.stream(drawn)
            .filter(v -> v != 7 && v > real[1] && v < real[499])
            .filter(v -> Arrays.stream(real).anyMatch(r -> r == v))
            .distinct()
            .count();
    assertTrue(repeated <= 2, repeated + " repeated");
    assertEquals(
        Arrays.stream(real).average().orElseThrow(),
        Arrays.stream(drawn).average().orElseThrow(),
        0.5);
  }

  @Test
  void twoNumbersKeepTheirRelation() {
    RandomStream random = RandomStream.of(1, 0, Purpose.NOISE);
    List<Regressor> many =
        IntStream.range(0, 1500)
            .mapToObj(
                i -> {
                  double x = random.nextGaussian();
                  return ConditionConverterTest.point(x, 0.8 * x + 0.6 * random.nextGaussian());
                })
            .toList();
    MutableDataset<Regressor> data = ConditionConverterTest.data(new RegressionFactory(), many);
    OutputPrior<Regressor> fitted = OutputPrior.fit(data, NUMBERS, data.getOutputIDInfo(), 1);
    List<Regressor> drawn =
        OutputPrior.deserialize(fitted.serialize(), NUMBERS, data.getOutputIDInfo()).draw(4000, 2);
    double product =
        drawn.stream().mapToDouble(p -> p.getValues()[0] * p.getValues()[1]).average().orElse(0);
    // (1 - 0.09) · 0.8, up to the sampling of 1,000 of the rows.
    assertEquals(0.91 * 0.8, product, 0.12);
  }

  @Test
  void numbersThatTribuoCallsEqualAreKeptApart() {
    MutableDataset<Regressor> data =
        ConditionConverterTest.data(
            new RegressionFactory(),
            List.of(
                ConditionConverterTest.point(1, 2),
                ConditionConverterTest.point(1, 3),
                ConditionConverterTest.point(1, 2)));
    Belief<Regressor> belief = OutputPrior.fit(data, NUMBERS, data.getOutputIDInfo(), 1).belief();
    assertArrayEquals(new double[] {2 / 3.0, 1 / 3.0}, belief.probabilities(), 1e-12);
  }

  @Test
  void ofManyNumbersARandomChoiceIsKept() {
    List<Regressor> many =
        IntStream.range(0, 2000).mapToObj(i -> ConditionConverterTest.point(i, 0)).toList();
    MutableDataset<Regressor> data = ConditionConverterTest.data(new RegressionFactory(), many);
    Belief<Regressor> belief = OutputPrior.fit(data, NUMBERS, data.getOutputIDInfo(), 1).belief();
    assertEquals(256, belief.outputs().size());
    assertEquals(1 / 256.0, belief.probabilities()[0], 1e-15);
    double mean =
        belief.outputs().stream().mapToDouble(o -> o.getValues()[0]).average().orElseThrow();
    // Standard deviation of the mean of 256 of 2000: 34.
    assertEquals(999.5, mean, 136);
  }

  @Test
  void uselessWeightsAreRefused() {
    MutableDataset<Label> negative = labels("a", "b");
    negative.getExample(0).setWeight(-1);
    assertThrows(IllegalArgumentException.class, () -> fit(negative));
    MutableDataset<Label> zero = labels("a", "b");
    for (Example<Label> example : zero) {
      example.setWeight(0);
    }
    assertThrows(IllegalArgumentException.class, () -> fit(zero));
  }

  @Test
  void theMessageGivesTheSamePriorBackAndDamagedOnesAreRefused() {
    MutableDataset<Label> data = labels("a", "b", "b");
    OutputPriorProto proto = fit(data).serialize();
    OutputPrior<Label> copy = read(proto, data);
    assertEquals(fit(data).belief().outputs(), copy.belief().outputs());
    assertArrayEquals(fit(data).belief().probabilities(), copy.belief().probabilities());

    OutputPriorProto tooFew = proto.toBuilder().clearProbabilities().addProbabilities(1).build();
    assertThrows(IllegalStateException.class, () -> read(tooFew, data));
    OutputPriorProto negative = proto.toBuilder().setProbabilities(0, -1).build();
    assertThrows(IllegalStateException.class, () -> read(negative, data));
    OutputPriorProto foreign =
        proto.toBuilder().setOutputs(0, Any.pack(StringValue.of("x"))).build();
    assertThrows(IllegalStateException.class, () -> read(foreign, data));
    OutputPriorProto number =
        proto.toBuilder().setOutputs(0, Any.pack(new Regressor("x", 1).serialize())).build();
    assertThrows(IllegalStateException.class, () -> read(number, data));
    OutputPriorProto unknown =
        proto.toBuilder().setOutputs(0, Any.pack(new Label("z").serialize())).build();
    assertThrows(IllegalStateException.class, () -> read(unknown, data));
  }

  private static OutputPrior<Label> read(OutputPriorProto proto, MutableDataset<Label> data) {
    return OutputPrior.deserialize(proto, LABELS, data.getOutputIDInfo());
  }
}
