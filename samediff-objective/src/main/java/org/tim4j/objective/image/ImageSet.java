package org.tim4j.objective.image;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.array.SampleWise;

/**
 * Images with their classes.
 *
 * @param images {@code [n, channels, height, width]}, float32, black is −1 and white is 1
 * @param classes class of each image, an index into {@code classNames}
 * @param classNames names of the classes
 */
public record ImageSet(INDArray images, int[] classes, List<String> classNames) {
  /**
   * Checks that the parts fit together.
   *
   * @throws InvalidInputException if there is no image, a class is out of range or the numbers of
   *     images and classes differ
   */
  public ImageSet {
    if (images.rank() != 4 || images.size(0) != classes.length) {
      throw new InvalidInputException(
          "pictures of shape "
              + Arrays.toString(images.shape())
              + " do not fit "
              + classes.length
              + " classes; give [n, channels, height, width] and n classes");
    }
    for (int value : classes) {
      if (value < 0 || value >= classNames.size()) {
        throw new InvalidInputException(
            "class " + value + " is not one of the " + classNames.size() + " named classes");
      }
    }
    classNames = List.copyOf(classNames);
  }

  /** Makes a set from row-major pixel values in [−1, 1]. */
  public static ImageSet of(
      float[] pixels, ImageShape shape, int[] classes, List<String> classNames) {
    long[] extents = {classes.length, shape.channels(), shape.height(), shape.width()};
    return new ImageSet(Nd4j.create(pixels, extents, 'c'), classes, classNames);
  }

  /** Number of images. */
  public int count() {
    return classes.length;
  }

  /** Size of every image of the set. */
  public ImageShape shape() {
    return new ImageShape(
        Math.toIntExact(images.size(1)),
        Math.toIntExact(images.size(2)),
        Math.toIntExact(images.size(3)));
  }

  /** A new set of the given rows, in the given order. */
  public ImageSet select(int[] rows) {
    INDArray chosen = SampleWise.pick(images, rows);
    int[] chosenClasses = Arrays.stream(rows).map(row -> classes[row]).toArray();
    return new ImageSet(chosen, chosenClasses, classNames);
  }

  /** This set followed by another one of the same shape and classes. */
  public ImageSet followedBy(ImageSet other) {
    int[] both = Arrays.copyOf(classes, count() + other.count());
    System.arraycopy(other.classes, 0, both, count(), other.count());
    return new ImageSet(Nd4j.concat(0, images, other.images), both, classNames);
  }

  /** The pixels as feature vectors in double precision, {@code [n, channels·height·width]}. */
  public INDArray features() {
    return images.castTo(DataType.DOUBLE).reshape('c', count(), shape().pixels());
  }
}
