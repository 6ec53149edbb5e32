package org.tim4j.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.tim4j.layers.base.InvalidInputException;

/**
 * The image files of a folder. Sub-folders are classes; a folder without any holds images without
 * classes. Hidden files, and files that are no images by their name, are nobody's concern.
 *
 * @param classNames names of the sub-folders; none if there are no classes
 * @param labelled the files, class by class
 */
record ImageFiles(List<String> classNames, List<Labelled> labelled) {
  private static final Set<String> READ = Set.of("png", "jpg", "jpeg", "jpe", "jfif");
  private static final Set<String> OTHER_IMAGES =
      Set.of(
          "gif", "bmp", "tif", "tiff", "webp", "heic", "heif", "avif", "jp2", "jxl", "svg", "ico",
          "psd", "ppm", "pgm", "tga", "exr");
  private static final String ARCHIVE_OF_A_MAC = "__MACOSX";
  private static final char REPLACEMENT = '\uFFFD';

  /** A file and its class, an index into the names; 0 if there are none. */
  record Labelled(Path file, int value) {}

  /**
   * Lists a folder in the order of names.
   *
   * @param broken told of what looks like an image and cannot be one
   * @throws InvalidInputException if the folder cannot be listed
   */
  static ImageFiles of(Path folder, BrokenFiles broken) {
    List<Path> entries = children(folder);
    List<Path> classes =
        entries.stream().filter(entry -> Files.isDirectory(entry) && !isImage(entry)).toList();
    List<Labelled> labelled = new ArrayList<>();
    if (classes.isEmpty()) {
      collect(entries, 0, broken, labelled);
      return new ImageFiles(List.of(), labelled);
    }
    for (Path entry : entries) {
      if (isImage(entry)) {
        broken.add(
            Files.isDirectory(entry)
                ? entry + " is a folder and has the name of an image"
                : entry + " lies beside the folders of the classes; put it into one of them");
      }
    }
    List<String> names = new ArrayList<>();
    for (Path each : classes) {
      names.add(className(each));
      collect(children(each), names.size() - 1, broken, labelled);
    }
    requireDifferent(folder, names);
    return new ImageFiles(names, labelled);
  }

  private static void collect(
      List<Path> entries, int value, BrokenFiles broken, List<Labelled> found) {
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        broken.add(
            entry
                + " is a folder where images are expected; put its images beside it, if it has"
                + " any");
      } else if (isImage(entry)) {
        if (!READ.contains(ending(entry))) {
          broken.add(entry + " is no PNG or JPEG file; convert it to one of these");
        } else if (!Files.exists(entry)) {
          broken.add(entry + " is a link that leads to no file");
        } else if (!Files.isRegularFile(entry)) {
          broken.add(entry + " is no regular file");
        } else {
          found.add(new Labelled(entry, value));
        }
      }
    }
  }

  private static boolean isImage(Path file) {
    String ending = ending(file);
    return READ.contains(ending) || OTHER_IMAGES.contains(ending);
  }

  private static String ending(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static List<Path> children(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .filter(entry -> !entry.getFileName().toString().equals(ARCHIVE_OF_A_MAC))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new InvalidInputException("cannot list the folder " + folder, e);
    }
  }

  private static String className(Path folder) {
    String name = folder.getFileName().toString();
    if (name.indexOf(REPLACEMENT) >= 0) {
      throw new InvalidInputException(
          "Java cannot read the name of the class folder "
              + folder
              + " in this locale; start tim with LC_ALL=C.UTF-8, or rename the folder");
    }
    return name;
  }

  private static void requireDifferent(Path folder, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new InvalidInputException(folder + " has two classes called '" + name + "'");
      }
    }
  }
}
