package org.tim4j.objective.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.Condition;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.NullCondition;
import org.tim4j.objective.dropin.BatchReader;
import org.tim4j.objective.dropin.ExamplesIterator;

class ExamplesTest {
  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"UBYTE", "BYTE", "SHORT", "INT", "LONG", "BOOL"})
  void bytesAndWholeNumbersAreRefusedInTheTrainerAndInFit(DataType type) {
    INDArray x = Nd4j.zeros(type, 4, 1, 4, 4);
    for (Runnable use :
        List.<Runnable>of(
            () -> new Examples(x, null),
            () ->
                BatchReader.read(
                    new MultiDataSet(new INDArray[] {x, Nd4j.zeros(4, 1)}, null),
                    TinyRun.network(DataType.FLOAT).config()))) {
      String message = assertThrows(InvalidInputException.class, use::run).getMessage();
      assertTrue(message.contains("numbers of type " + type), message);
      assertTrue(message.contains("castTo(DataType.FLOAT)"), message);
    }
  }

  @Test
  void classesMayBeOfAnyType() {
    INDArray x = RandomStream.of(1, 0, Purpose.NOISE).gaussians(DataType.FLOAT, 64, 1, 2, 2);
    INDArray classes = Nd4j.create(DataType.FLOAT, 64, 1).assign(255);
    TrainingConfig config = TinyRun.config().conditionDropout(0.5).build();
    Condition many = new Condition.Classes(256, true);
    INDArray floats = BatchDraw.of(config, 0, new Examples(x, classes), many).batch().condition();
    assertEquals(256, floats.maxNumber().intValue());
    for (DataType type : List.of(DataType.UINT8, DataType.INT32, DataType.INT64)) {
      Examples examples = new Examples(x, classes.castTo(type));
      assertEquals(floats, BatchDraw.of(config, 0, examples, many).batch().condition());
    }
    assertEquals(
        256, NullCondition.like(many, classes.castTo(DataType.UINT8)).maxNumber().intValue());
  }

  @Test
  void theNullConditionOfCaptionsIsTheUsers() {
    INDArray x = Nd4j.zeros(DataType.FLOAT, 16, 1, 2, 2);
    INDArray captions = Nd4j.ones(DataType.FLOAT, 16, 3, 2);
    INDArray empty = Nd4j.createFromArray(new float[][] {{7, 8}, {9, 10}});
    Condition kind = new Condition.Caption(2);
    TrainingConfig config = TinyRun.config().conditionDropout(0.5).build();
    Examples examples = new Examples(x, captions).withNullCondition(empty);
    INDArray shown =
        BatchDraw.of(config, 0, new InMemoryData(examples).batch(5, 0, 16), kind)
            .batch()
            .condition();
    INDArray padded = Nd4j.createFromArray(new float[][] {{7, 8}, {9, 10}, {0, 0}});
    INDArray one = Nd4j.ones(DataType.FLOAT, 3, 2);
    int dropped = 0;
    for (int i = 0; i < 16; i++) {
      boolean isNull = shown.slice(i).equals(padded);
      dropped += isNull ? 1 : 0;
      assertTrue(isNull || shown.slice(i).equals(one), shown.slice(i).toString());
    }
    assertTrue(dropped > 2 && dropped < 14, Integer.toString(dropped));
    assertEquals(
        padded, NullCondition.like(kind, captions, NullCondition.row(empty, captions)).slice(5));
    assertNotEquals(padded, NullCondition.like(kind, captions, null).slice(5));
    assertEquals(
        Nd4j.createFromArray(new float[][] {{7, 8}}),
        NullCondition.like(kind, Nd4j.ones(DataType.FLOAT, 2, 1, 2), empty).slice(1));
  }

  @Test
  void fitReadsTheNullConditionBesideTheCaptions() {
    INDArray x = Nd4j.zeros(DataType.FLOAT, 4, 1, 2, 2);
    INDArray empty = Nd4j.createFromArray(new float[][] {{7, 8}});
    Examples examples =
        new Examples(x, Nd4j.ones(DataType.FLOAT, 4, 3, 2))
            .withNullCondition(empty.reshape(1, 1, 2));
    ExamplesIterator iterator = new ExamplesIterator(new InMemoryData(examples), 1, 4, 1);
    Examples read =
        BatchReader.read(
            iterator.next(),
            TinyRun.network(DataType.FLOAT).config().toBuilder()
                .condition(new Condition.Caption(2))
                .build());
    assertEquals(empty, read.nullCondition());
    assertEquals(examples.condition(), read.condition());
  }

  @Test
  void aNullConditionOfAnotherShapeIsRefused() {
    INDArray x = Nd4j.zeros(DataType.FLOAT, 4, 1, 2, 2);
    Examples examples = new Examples(x, Nd4j.ones(DataType.FLOAT, 4, 3, 2));
    assertThrows(
        InvalidInputException.class,
        () -> examples.withNullCondition(Nd4j.ones(DataType.FLOAT, 3, 4)));
    assertThrows(
        InvalidInputException.class,
        () -> examples.withNullCondition(Nd4j.ones(DataType.FLOAT, 4, 3, 2)));
    assertThrows(
        InvalidInputException.class,
        () -> new Examples(x, null).withNullCondition(Nd4j.ones(DataType.FLOAT, 2)));
  }
}
