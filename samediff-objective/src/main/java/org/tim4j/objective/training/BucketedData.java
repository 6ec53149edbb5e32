package org.tim4j.objective.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/**
 * Pictures of several sizes for training at native resolution: every batch holds pictures of one
 * size.
 *
 * <p>Each size is a bucket, whose examples are visited in a new random order every time that all
 * have been seen. An epoch has as many batches of a bucket as its examples fill, the last one
 * filled up, in a random order of all buckets' batches; so every bucket has its share of the steps.
 */
public final class BucketedData implements TrainingData {
  private final List<InMemoryData> buckets;

  /**
   * @param buckets examples of one size each; of one data type, and all with conditions or none
   * @throws InvalidInputException if there is no bucket, two have pictures of the same size, or
   *     they cannot be trained on together
   */
  public BucketedData(List<Examples> buckets) {
    if (buckets.isEmpty()) {
      throw new InvalidInputException("there are no buckets of examples; give at least one");
    }
    Examples first = buckets.get(0);
    Map<List<Long>, Examples> sizes = new LinkedHashMap<>();
    for (Examples bucket : buckets) {
      if (sizes.put(size(bucket.x()), bucket) != null) {
        throw new InvalidInputException(
            "two buckets hold examples of size "
                + size(bucket.x())
                + "; put equal sizes in one bucket");
      }
      if (bucket.x().dataType() != first.x().dataType()
          || (bucket.condition() == null) != (first.condition() == null)) {
        throw new InvalidInputException(
            "buckets of sizes "
                + size(first.x())
                + " and "
                + size(bucket.x())
                + " differ in data type or in having conditions; make them alike");
      }
    }
    this.buckets = buckets.stream().map(InMemoryData::new).toList();
  }

  private static List<Long> size(INDArray x) {
    return Arrays.stream(x.shape()).skip(1).boxed().toList();
  }

  @Override
  public Examples batch(long seed, long step, int batchSize) {
    Require.atLeast("batchSize", batchSize, 1);
    int[] batches = buckets.stream().mapToInt(bucket -> batches(bucket, batchSize)).toArray();
    int batchesOfEpoch = Arrays.stream(batches).sum();
    long epoch = step / batchesOfEpoch;
    int index =
        RandomStream.of(seed, epoch, Purpose.BUCKET_ORDER)
            .permutation(batchesOfEpoch)[(int) (step % batchesOfEpoch)];
    int bucket = 0;
    while (index >= batches[bucket]) {
      index -= batches[bucket];
      bucket++;
    }
    return buckets.get(bucket).batch(seed, epoch * batches[bucket] + index, batchSize);
  }

  private static int batches(InMemoryData bucket, int batchSize) {
    return (bucket.size() + batchSize - 1) / batchSize;
  }
}
