package org.tim4j.tribuo.condition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.google.protobuf.StringValue;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tim4j.tribuo.protos.ConditionConverterProto;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.MultiLabelFactory;
import org.tribuo.protos.ProtoUtil;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

class ConditionConverterTest {
  private static final LabelConditionConverter LABELS = new LabelConditionConverter();
  private static final RegressorConditionConverter NUMBERS = new RegressorConditionConverter();
  private static final MultiLabelConditionConverter SETS = new MultiLabelConditionConverter();

  private static final ImmutableOutputInfo<Label> LABEL_INFO =
      data(new LabelFactory(), List.of(new Label("cat"), new Label("dog"))).getOutputIDInfo();
  private static final ImmutableOutputInfo<Regressor> NUMBER_INFO =
      data(new RegressionFactory(), List.of(point(1, 10), point(3, 10), point(5, 10)))
          .getOutputIDInfo();
  private static final ImmutableOutputInfo<MultiLabel> SET_INFO =
      data(new MultiLabelFactory(), List.of(set("red"), set("red", "round"))).getOutputIDInfo();

  static <T extends Output<T>> MutableDataset<T> data(OutputFactory<T> factory, List<T> outputs) {
    MutableDataset<T> data =
        new MutableDataset<>(new SimpleDataSourceProvenance("outputs", factory), factory);
    outputs.forEach(output -> data.add(example(output)));
    return data;
  }

  static <T extends Output<T>> Example<T> example(T output) {
    return new ArrayExample<>(output, new String[] {"x"}, new double[] {1});
  }

  static Regressor point(double x, double y) {
    return new Regressor(new String[] {"x", "y"}, new double[] {x, y});
  }

  private static MultiLabel set(String... names) {
    return new MultiLabel(
        Stream.of(names).map(Label::new).collect(java.util.stream.Collectors.toSet()));
  }

  @Test
  void aLabelIsOneHot() {
    double[] cat = new double[2];
    cat[LABEL_INFO.getID(new Label("cat"))] = 1;
    assertArrayEquals(cat, LABELS.convert(new Label("cat"), LABEL_INFO));
  }

  @Test
  void numbersAreStandardisedAndAConstantDimensionIsZero() {
    // Mean 3 and sample variance 4.
    double[] condition = NUMBERS.convert(point(5, 10), NUMBER_INFO);
    assertEquals(1, condition[NUMBER_INFO.getID(new Regressor("x", 0))], 1e-12);
    assertEquals(0, condition[NUMBER_INFO.getID(new Regressor("y", 0))], 1e-12);
    Regressor back = NUMBERS.invert(condition, NUMBER_INFO);
    assertEquals(5, back.getDimension("x").orElseThrow().getValue(), 1e-12);
    assertEquals(10, back.getDimension("y").orElseThrow().getValue(), 1e-12);
  }

  @Test
  void aSetOfLabelsHasASignForEachLabel() {
    double[] condition = SETS.convert(set("round"), SET_INFO);
    assertEquals(1, condition[SET_INFO.getID(set("round"))]);
    assertEquals(-1, condition[SET_INFO.getID(set("red"))]);
    assertArrayEquals(new double[] {-1, -1}, SETS.convert(new MultiLabel(Set.of()), SET_INFO));
  }

  @Test
  void unknownOutputsAreNamed() {
    assertMessage("bird", () -> LABELS.convert(new Label("bird"), LABEL_INFO));
    assertMessage("z", () -> NUMBERS.convert(new Regressor("z", 1), NUMBER_INFO));
    assertMessage("square", () -> SETS.convert(set("red", "square"), SET_INFO));
    assertMessage(
        "lacks the dimension 'y'", () -> NUMBERS.convert(new Regressor("x", 1), NUMBER_INFO));
    assertMessage("NaN", () -> NUMBERS.convert(point(1, Double.NaN), NUMBER_INFO));
  }

  private static void assertMessage(String part, org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void theMostProbableLabelIsPredicted() {
    Belief<Label> belief =
        new Belief<>(List.of(new Label("cat"), new Label("dog")), new double[] {0.25, 0.75});
    Prediction<Label> prediction = LABELS.predict(belief, LABEL_INFO, 1, example(new Label("cat")));
    assertEquals("dog", prediction.getOutput().getLabel());
    assertEquals(0.25, prediction.getOutputScores().get("cat").getScore());
    assertTrue(prediction.hasProbabilities());
  }

  @Test
  void meanAndVarianceOfNumbersArePredicted() {
    Belief<Regressor> belief =
        new Belief<>(List.of(point(0, 1), point(4, 1)), new double[] {0.25, 0.75});
    Regressor predicted = NUMBERS.predict(belief, NUMBER_INFO, 1, example(point(0, 0))).getOutput();
    assertEquals(3, predicted.getDimension("x").orElseThrow().getValue());
    assertEquals(0.25 * 9 + 0.75, predicted.getDimension("x").orElseThrow().getVariance());
    assertEquals(0, predicted.getDimension("y").orElseThrow().getVariance());
  }

  @Test
  void labelsMoreProbableThanNotArePredicted() {
    Belief<MultiLabel> belief =
        new Belief<>(List.of(set("red"), set("red", "round")), new double[] {0.7, 0.3});
    Prediction<MultiLabel> prediction = SETS.predict(belief, SET_INFO, 1, example(set("red")));
    assertEquals(Set.of("red"), prediction.getOutput().getNameSet());
    MultiLabel round = prediction.getOutputScores().get("round");
    assertEquals(0.3, round.getLabelScore(new Label("round")).orElseThrow(), 1e-15);
  }

  static Stream<ConditionConverter<?>> converters() {
    return Stream.of(LABELS, NUMBERS, SETS);
  }

  @ParameterizedTest
  @MethodSource("converters")
  void convertersSurviveTheirMessage(ConditionConverter<?> converter) {
    assertEquals(converter, ProtoUtil.deserialize(converter.serialize()));
  }

  @ParameterizedTest
  @MethodSource("converters")
  void unknownVersionsAndForeignDataAreRefused(ConditionConverter<?> converter) {
    ConditionConverterProto proto = converter.serialize();
    ConditionConverterProto newer = proto.toBuilder().setVersion(7).build();
    assertThrows(IllegalStateException.class, () -> ProtoUtil.deserialize(newer));
    ConditionConverterProto foreign =
        proto.toBuilder().setSerializedData(Any.pack(StringValue.of("x"))).build();
    assertThrows(IllegalStateException.class, () -> ProtoUtil.deserialize(foreign));
  }

  @Test
  void thePosteriorFollowsBayesRule() {
    Belief<Label> prior =
        new Belief<>(List.of(new Label("cat"), new Label("dog")), new double[] {0.2, 0.8});
    // 0.2 · 6 : 0.8 · 1 = 3 : 2; a common factor cancels, however large.
    double[] posterior = prior.posterior(new double[] {5000 + Math.log(6), 5000}).probabilities();
    assertArrayEquals(new double[] {0.6, 0.4}, posterior, 1e-12);
    assertThrows(IllegalStateException.class, () -> prior.posterior(new double[] {Double.NaN, 0}));
    assertThrows(
        IllegalArgumentException.class, () -> new Belief<>(List.<Label>of(), new double[0]));
  }
}
