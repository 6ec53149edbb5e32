package org.tim4j.objective.training;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.array.SampleWise;
import org.tim4j.objective.image.ImageDescription;
import org.tim4j.objective.image.ImageSet;

/**
 * Examples of equal shape held in memory, visited in a new random order every epoch. Batches run
 * across the end of an epoch, so that every example is seen equally often.
 */
public final class InMemoryData implements TrainingData {
  private final Examples all;
  private final ImageDescription images;

  /**
   * @param all all examples, first axis = example; kept, not copied
   * @throws org.tim4j.layers.base.InvalidInputException if a value is not finite
   */
  public InMemoryData(Examples all) {
    this(all, null);
  }

  private InMemoryData(Examples all, ImageDescription images) {
    this.images = images;
    this.all = Require.present("examples", all);
    Require.finite("the examples' data", all.x());
  }

  /**
   * Makes data of images and their classes, whose size and class names a checkpoint keeps.
   *
   * @param data name of the data set, for people
   */
  public static InMemoryData of(String data, ImageSet images) {
    return new InMemoryData(Examples.of(images), ImageDescription.of(data, images));
  }

  @Override
  public Optional<ImageDescription> images() {
    return Optional.ofNullable(images);
  }

  /** Number of examples. */
  public int size() {
    return all.size();
  }

  @Override
  public Examples batch(long seed, long step, int batchSize) {
    long first = Math.multiplyExact(step, batchSize);
    int[] rows = new int[batchSize];
    long epoch = -1;
    int[] order = {};
    for (int i = 0; i < batchSize; i++) {
      long position = first + i;
      if (position / size() != epoch) {
        epoch = position / size();
        order = RandomStream.of(seed, epoch, Purpose.DATA_ORDER).permutation(size());
      }
      rows[i] = order[(int) (position % size())];
    }
    return new Examples(
        SampleWise.pick(all.x(), rows),
        rows(all.condition(), rows),
        rows(all.features(), rows),
        all.nullCondition());
  }

  private static INDArray rows(INDArray source, int[] rows) {
    return source == null ? null : SampleWise.pick(source, rows);
  }
}
