package org.tim4j.objective.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.Condition;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.objective.NetworkTransition;
import org.tim4j.objective.sampling.SamplingRequest;
import org.tim4j.objective.sampling.TransitionSampler;

class BucketedDataTest {
  private static final int BATCH = 4;

  /** Example i of a bucket has the condition {@code first + i} and nothing else. */
  private static Examples bucket(int count, int first, int height, int width) {
    double[] conditions = IntStream.range(first, first + count).asDoubleStream().toArray();
    INDArray column = Nd4j.createFromArray(conditions).reshape(count, 1);
    INDArray x = Nd4j.zeros(DataType.DOUBLE, count, height * width).addiColumnVector(column);
    return new Examples(x.reshape('c', count, 1, height, width), column);
  }

  /** Twelve examples of 2×2 and eight of 2×4: three and two batches an epoch. */
  private static BucketedData twoSizes() {
    return new BucketedData(List.of(bucket(12, 0, 2, 2), bucket(8, 100, 2, 4)));
  }

  @Test
  void anEpochShowsEveryExampleOnceInBatchesOfOneSize() {
    List<List<Integer>> orders = new ArrayList<>();
    for (int epoch = 0; epoch < 4; epoch++) {
      List<Double> seen = new ArrayList<>();
      List<Integer> widths = new ArrayList<>();
      for (int k = 0; k < 5; k++) {
        Examples batch = twoSizes().batch(3, 5L * epoch + k, BATCH);
        assertEquals(BATCH, batch.size());
        widths.add((int) batch.x().size(3));
        for (int i = 0; i < BATCH; i++) {
          double condition = batch.condition().getDouble(i, 0);
          assertEquals(condition, batch.x().getDouble(i, 0, 1, 1));
          assertEquals(condition >= 100 ? 4 : 2, batch.x().size(3));
          seen.add(condition);
        }
      }
      double[] sorted = seen.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      double[] expected =
          IntStream.concat(IntStream.range(0, 12), IntStream.range(100, 108))
              .asDoubleStream()
              .toArray();
      assertArrayEquals(expected, sorted);
      orders.add(widths);
    }
    assertTrue(orders.stream().distinct().count() > 1, "orders of sizes " + orders);
  }

  @Test
  void batchesAreFunctionsOfSeedAndStep() {
    Examples first = twoSizes().batch(7, 13, BATCH);
    twoSizes().batch(7, 2, BATCH);
    assertEquals(first.x(), twoSizes().batch(7, 13, BATCH).x());
    List<INDArray> other = new ArrayList<>();
    List<INDArray> same = new ArrayList<>();
    for (int step = 0; step < 5; step++) {
      same.add(twoSizes().batch(7, step, BATCH).condition());
      other.add(twoSizes().batch(8, step, BATCH).condition());
    }
    assertNotEquals(same, other);
  }

  /** Five examples fill one batch of four and a part of another, which others fill up. */
  @Test
  void batchesThatExamplesDoNotFillAreFilledUp() {
    BucketedData data = new BucketedData(List.of(bucket(5, 0, 2, 2)));
    int[] counts = new int[5];
    for (int step = 0; step < 5; step++) {
      Examples batch = data.batch(1, step, BATCH);
      assertEquals(BATCH, batch.size());
      for (int i = 0; i < BATCH; i++) {
        counts[batch.condition().getInt(i)]++;
      }
    }
    assertArrayEquals(new int[] {4, 4, 4, 4, 4}, counts, Arrays.toString(counts));
  }

  @Test
  void bucketsThatCannotBeTrainedOnTogetherAreRefused() {
    Examples square = bucket(4, 0, 2, 2);
    assertThrows(InvalidInputException.class, () -> new BucketedData(List.of()));
    assertThrows(
        InvalidInputException.class, () -> new BucketedData(List.of(square, bucket(3, 9, 2, 2))));
    Examples unconditional = new Examples(bucket(4, 0, 2, 4).x(), null);
    assertThrows(
        InvalidInputException.class, () -> new BucketedData(List.of(square, unconditional)));
    Examples single =
        new Examples(bucket(4, 0, 2, 4).x().castTo(DataType.FLOAT), square.condition());
    assertThrows(InvalidInputException.class, () -> new BucketedData(List.of(square, single)));
  }

  /** The classes differ in brightness, which must carry over to a size that was never trained. */
  @Test
  void aNetworkTrainedOnTwoSizesSamplesAThird() {
    List<Examples> buckets = new ArrayList<>();
    for (int width : new int[] {4, 6}) {
      INDArray x = Nd4j.zeros(DataType.FLOAT, 8, 1, 4, width);
      INDArray classes = Nd4j.zeros(DataType.FLOAT, 8, 1);
      for (int i = 0; i < 8; i++) {
        x.slice(i).assign(i % 2 == 0 ? -1 : 1);
        classes.putScalar(i, i % 2);
      }
      buckets.add(new Examples(x, classes));
    }
    TimNetworkConfig network =
        TimNetworkConfig.builder()
            .channels(1)
            .patch(2)
            .hidden(16)
            .depth(1)
            .heads(2)
            .condition(new Condition.Classes(2, true))
            .runtime(TimRuntime.FUSED)
            .build();
    TransitionTrainer trainer =
        new TransitionTrainer(
            TimNetwork.create(network, 1),
            TinyRun.config()
                .steps(300)
                .optimizer(AdamWSettings.published().withLearningRate(1e-2))
                .build(),
            new BucketedData(buckets),
            List.of());
    trainer.train();
    INDArray samples =
        new TransitionSampler(
                new NetworkTransition(trainer.averageNetwork(), trainer.config().transport()),
                trainer.config().transport())
            .sample(
                SamplingRequest.fromNoise(1, 2, 1, 6, 4)
                    .steps(4)
                    .condition(Nd4j.createFromArray(0f, 1f).reshape(2, 1))
                    .build())
            .samples();
    assertArrayEquals(new long[] {2, 1, 6, 4}, samples.shape());
    assertEquals(-1, samples.slice(0).meanNumber().doubleValue(), 0.3);
    assertEquals(1, samples.slice(1).meanNumber().doubleValue(), 0.3);
  }
}
