package org.tim4j.cli.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.image.ImageSet;
import org.tim4j.objective.image.ImageShape;

/**
 * MNIST, Fashion-MNIST and the like: four IDX files, each plain or gzipped, under their usual
 * names. Pixel values 0 to 255 become v/127.5 − 1.
 *
 * @param folder where the files are
 */
public record IdxFolder(Path folder) implements ImageSource {
  @Override
  public TrainTest load() {
    IdxFile trainImages = IdxFile.read(file("train-images", 3), 3);
    IdxFile trainLabels = IdxFile.read(file("train-labels", 1), 1);
    IdxFile testImages = IdxFile.read(file("t10k-images", 3), 3);
    IdxFile testLabels = IdxFile.read(file("t10k-labels", 1), 1);
    ImageShape shape = shape(trainImages);
    if (!shape.equals(shape(testImages))) {
      throw new InvalidInputException(
          folder
              + " holds training pictures of "
              + shape
              + " and test pictures of "
              + shape(testImages)
              + "; both must have one size");
    }
    int classes = 1 + Math.max(largest(trainLabels), largest(testLabels));
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    return new TrainTest(set(trainImages, trainLabels, names), set(testImages, testLabels, names));
  }

  private Path file(String part, int dimensions) {
    String suffix = "idx" + dimensions + "-ubyte";
    return Stream.of("-" + suffix, "-" + suffix + ".gz", "." + suffix, "." + suffix + ".gz")
        .map(end -> folder.resolve(part + end))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "no "
                        + part
                        + "-"
                        + suffix
                        + " (or .gz) in "
                        + folder
                        + "; give the folder of the four IDX files"));
  }

  private static ImageShape shape(IdxFile images) {
    return new ImageShape(1, images.extents()[1], images.extents()[2]);
  }

  private static int largest(IdxFile labels) {
    return Arrays.stream(unsigned(labels)).max().orElseThrow();
  }

  private static int[] unsigned(IdxFile file) {
    byte[] values = file.values();
    return IntStream.range(0, values.length).map(i -> Byte.toUnsignedInt(values[i])).toArray();
  }

  private ImageSet set(IdxFile images, IdxFile labels, List<String> names) {
    if (images.extents()[0] != labels.extents()[0]) {
      throw new InvalidInputException(
          folder
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
    return ImageSet.of(pixels, shape(images), unsigned(labels), names);
  }
}
