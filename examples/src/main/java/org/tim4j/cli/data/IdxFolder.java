package org.tim4j.cli.data;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.image.ImageSet;
import org.tim4j.objective.image.ImageShape;

/**
 * MNIST, Fashion-MNIST, KMNIST, EMNIST and the like: four IDX files, each plain or gzipped, under
 * their usual names. Pixel values 0 to 255 become v/127.5 − 1. Classes are named by their labels,
 * which begin with 0, or with 1 as EMNIST's letters do.
 *
 * @param place the folder of the files; if it holds several sets, the folder and the name of one,
 *     such as {@code emnist/emnist-letters}
 */
public record IdxFolder(Path place) implements ImageSource {
  @Override
  public TrainTest load(Consumer<String> notes) {
    IdxNames names = IdxNames.in(place);
    IdxFile trainImages = IdxFile.read(names.file(false, true), 3);
    IdxFile trainLabels = IdxFile.read(names.file(false, false), 1);
    IdxFile testImages = IdxFile.read(names.file(true, true), 3);
    IdxFile testLabels = IdxFile.read(names.file(true, false), 1);
    if (names.transposed()) {
      trainImages = trainImages.transposed();
      testImages = testImages.transposed();
    }
    ImageShape shape = shape(trainImages);
    if (!shape.equals(shape(testImages))) {
      throw new InvalidInputException(
          place
              + " holds training pictures of "
              + shape
              + " and test pictures of "
              + shape(testImages)
              + "; both must have one size");
    }
    int first = labels(trainLabels, testLabels).min().orElseThrow() == 1 ? 1 : 0;
    int last = labels(trainLabels, testLabels).max().orElseThrow();
    List<String> classNames =
        IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
    return new TrainTest(
        set(trainImages, trainLabels, first, classNames),
        set(testImages, testLabels, first, classNames));
  }

  private static IntStream labels(IdxFile... files) {
    return Stream.of(files).flatMapToInt(IdxFile::unsigned);
  }

  private static ImageShape shape(IdxFile images) {
    return new ImageShape(1, images.extents()[1], images.extents()[2]);
  }

  private ImageSet set(IdxFile images, IdxFile labels, int first, List<String> classNames) {
    if (images.extents()[0] != labels.extents()[0]) {
      throw new InvalidInputException(
          place
              + " holds "
              + images.extents()[0]
              + " pictures but "
              + labels.extents()[0]
              + " labels of one part; their numbers must be equal");
    }
    byte[] bytes = images.values();
    float[] pixels = new float[bytes.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Byte.toUnsignedInt(bytes[i]) / 127.5f - 1;
    }
    int[] classes = labels.unsigned().map(label -> label - first).toArray();
    return ImageSet.of(pixels, shape(images), classes, classNames);
  }
}
