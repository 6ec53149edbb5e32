package org.tim4j.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tim4j.tribuo.encoding.Scaling;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.impl.ArrayExample;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.Regressor.DimensionTuple;

class TimRegressionTest {
  private static final MutableDataset<Regressor> DATA = data();
  private static final Example<Regressor> EXAMPLE = DATA.getExample(3);
  private static TimRegressionModel model;

  private static MutableDataset<Regressor> data() {
    List<Example<Regressor>> examples = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      examples.add(
          new ArrayExample<>(
              new Regressor(new String[] {"a", "b"}, new double[] {i, 100 - i * i}),
              new String[] {"x", "z"},
              new double[] {i, i % 3}));
    }
    return Tables.of(new RegressionFactory(), examples);
  }

  private static TimRegressionTrainer trainer() {
    return new TimRegressionTrainer(Tiny.settings(4), Scaling.STANDARD, 1);
  }

  @BeforeAll
  static void train() {
    model = trainer().train(DATA);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void predictionsAreTheMomentsOfSamples() {
    Regressor predicted = model.predict(EXAMPLE).getOutput();
    assertEquals(2, predicted.size());
    DimensionTuple a = predicted.getDimension("a").orElseThrow();
    // An untrained network leaves the standard normal noise, which is decoded to the data's scale.
    assertTrue(a.getVariance() > 1 && a.getVariance() < 40, "variance " + a.getVariance());
    assertEquals(a.getValue(), again().getValue());
  }

  private static DimensionTuple again() {
    return model.predict(EXAMPLE).getOutput().getDimension("a").orElseThrow();
  }

  @Test
  void samplesFollowTheSeed() {
    assertEquals(model.sample(EXAMPLE, 5, 3).toString(), model.sample(EXAMPLE, 5, 3).toString());
    assertTrue(
        !model.sample(EXAMPLE, 5, 3).toString().equals(model.sample(EXAMPLE, 5, 4).toString()));
  }

  @Test
  void theProtobufGivesTheSameModelBack() {
    try (TimRegressionModel copy =
        (TimRegressionModel) Model.deserialize(model.serialize()).castModel(Regressor.class)) {
      assertEquals(model.sample(EXAMPLE, 5, 3).toString(), copy.sample(EXAMPLE, 5, 3).toString());
      assertEquals(model.getProvenance(), copy.getProvenance());
    }
  }

  @Test
  void unknownVersionsAndImpossibleRequestsAreRefused() {
    ModelProto newer = model.serialize().toBuilder().setVersion(9).build();
    assertThrows(IllegalStateException.class, () -> Model.deserialize(newer));
    assertThrows(IllegalArgumentException.class, () -> model.sample(EXAMPLE, 0, 1));
    TimRegressionModel closed = (TimRegressionModel) model.copy();
    closed.close();
    assertThrows(IllegalStateException.class, () -> closed.predict(EXAMPLE));
    assertThrows(
        IllegalArgumentException.class,
        () -> trainer().train(Tables.of(new RegressionFactory(), List.of())));
  }
}
