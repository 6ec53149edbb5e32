package org.tim4j.cli.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.image.ImageSet;
import org.tim4j.objective.image.ImageShape;

/**
 * A folder of PNG and JPEG files, one sub-folder a class; the class takes the sub-folder's name.
 * Without sub-folders all images are of one class, which makes a model of them unconditional. If
 * every pixel of every image is grey there is one channel, otherwise three.
 *
 * @param folder the folder of the sub-folders, or of the images
 * @param reading which size the images get, and what becomes of broken ones
 */
public record ImageFolder(Path folder, ImageReading reading) implements ImageSource {
  private static final String ONE_CLASS = "image";

  @Override
  public TrainTest load(Consumer<String> notes) {
    BrokenFiles broken = new BrokenFiles(reading.skipBroken(), notes);
    ImageFiles files = ImageFiles.of(folder, broken);
    List<Pixels> images = new ArrayList<>();
    List<Integer> classes = new ArrayList<>();
    for (ImageFiles.Labelled each : files.labelled()) {
      Pixels image;
      try {
        image = Pixels.read(each.file());
      } catch (InvalidInputException e) {
        broken.add(e.getMessage());
        continue;
      }
      image = reading.size() == null ? image : image.resized(reading.size(), reading.crop());
      requireSameSize(each.file(), image, images);
      images.add(image);
      classes.add(each.value());
    }
    broken.tellCount();
    return StratifiedSplit.of(assemble(images, classes, files.classNames()));
  }

  private static void requireSameSize(Path file, Pixels image, List<Pixels> before) {
    if (!before.isEmpty() && !image.sameSize(before.get(0))) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%s has %dx%d pixels and the pictures before it %dx%d; all must have one size, which"
                  + " --resize gives them",
              file,
              image.height(),
              image.width(),
              before.get(0).height(),
              before.get(0).width()));
    }
  }

  private ImageSet assemble(List<Pixels> images, List<Integer> classes, List<String> names) {
    if (images.isEmpty()) {
      throw new InvalidInputException(
          "no PNG or JPEG file in " + (names.isEmpty() ? "" : "the sub-folders of ") + folder);
    }
    int channels = images.stream().allMatch(Pixels::isGrey) ? 1 : 3;
    ImageShape shape = new ImageShape(channels, images.get(0).height(), images.get(0).width());
    long length = (long) images.size() * shape.pixels();
    if (length > Integer.MAX_VALUE - 8) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%d pictures of %s are %d numbers, and %d are possible; give a smaller --resize",
              images.size(),
              shape,
              length,
              Integer.MAX_VALUE - 8));
    }
    float[] values = new float[(int) length];
    for (int i = 0; i < images.size(); i++) {
      images.get(i).copyTo(values, i * shape.pixels(), channels);
    }
    int[] labels = classes.stream().mapToInt(Integer::intValue).toArray();
    return ImageSet.of(values, shape, labels, names.isEmpty() ? List.of(ONE_CLASS) : names);
  }
}
