package org.tim4j.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.image.ImageSet;
import org.tim4j.objective.image.ImageShape;

/**
 * A folder of PNG files, one sub-folder a class; the class takes the sub-folder's name. All images
 * must have one size. If every pixel of every image is grey there is one channel, otherwise three.
 *
 * @param folder the folder of the sub-folders
 */
public record ImageFolder(Path folder) implements ImageSource {
  @Override
  public TrainTest load() {
    List<Path> classFolders = children(folder, Files::isDirectory);
    if (classFolders.isEmpty()) {
      throw new InvalidInputException(
          folder + " has no sub-folders; put the PNG files of each class into one of its own");
    }
    List<Pixels> images = new ArrayList<>();
    List<Integer> classes = new ArrayList<>();
    for (int value = 0; value < classFolders.size(); value++) {
      for (Path file : children(classFolders.get(value), ImageFolder::isPng)) {
        Pixels image = Pixels.read(file);
        if (!images.isEmpty() && !image.sameSize(images.get(0))) {
          throw new InvalidInputException(
              String.format(
                  Locale.ROOT,
                  "%s has %dx%d pixels and the pictures before it %dx%d; all must have one size",
                  file,
                  image.height(),
                  image.width(),
                  images.get(0).height(),
                  images.get(0).width()));
        }
        images.add(image);
        classes.add(value);
      }
    }
    List<String> names = classFolders.stream().map(path -> path.getFileName().toString()).toList();
    return StratifiedSplit.of(assemble(images, classes, names));
  }

  private ImageSet assemble(List<Pixels> images, List<Integer> classes, List<String> names) {
    if (images.isEmpty()) {
      throw new InvalidInputException("no PNG file in the sub-folders of " + folder);
    }
    int channels = images.stream().allMatch(Pixels::isGrey) ? 1 : 3;
    ImageShape shape = new ImageShape(channels, images.get(0).height(), images.get(0).width());
    float[] values = new float[Math.multiplyExact(images.size(), shape.pixels())];
    for (int i = 0; i < images.size(); i++) {
      images.get(i).copyTo(values, i * shape.pixels(), channels);
    }
    int[] labels = classes.stream().mapToInt(Integer::intValue).toArray();
    return ImageSet.of(values, shape, labels, names);
  }

  private static boolean isPng(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".png");
  }

  private static List<Path> children(Path folder, Predicate<Path> filter) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(filter).sorted().toList();
    } catch (IOException e) {
      throw new InvalidInputException("cannot list the folder " + folder, e);
    }
  }
}
