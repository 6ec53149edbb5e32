package org.tim4j.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tim4j.layers.base.InvalidInputException;

/**
 * Finds the four files of a data set by the names that MNIST and its followers give them: {@code
 * train-images-idx3-ubyte}, {@code t10k-labels.idx1-ubyte.gz}, {@code
 * emnist-letters-test-images-idx3-ubyte.gz}. What stands before the part is the name of the set.
 *
 * @param folder where the files are
 * @param set name of the set, with the hyphen at its end; empty if the files have none
 * @param files all files of the folder that are named so
 */
record IdxNames(Path folder, String set, List<Found> files) {
  private static final Pattern NAME =
      Pattern.compile(
          "(?<set>.*?)(?<part>train|t10k|test)[-_](?<kind>images|labels)[-._]idx(?<rank>[13])[-._]ubyte(\\.gz)?");
  private static final Pattern TRANSPOSED = Pattern.compile("emnist[-_].*");

  /** A file whose name was understood. */
  record Found(Path path, String set, boolean test, boolean images) {}

  /**
   * Looks through a folder.
   *
   * @param place the folder, or the folder and the name of a set in it
   * @throws InvalidInputException if there are several sets
   */
  static IdxNames in(Path place) {
    boolean wholeFolder = Files.isDirectory(place);
    Path folder = wholeFolder ? place : place.toAbsolutePath().getParent();
    List<Found> found = files(folder);
    TreeSet<String> sets = new TreeSet<>(found.stream().map(Found::set).toList());
    if (!wholeFolder) {
      String wanted = place.getFileName().toString().toLowerCase(Locale.ROOT);
      sets.removeIf(set -> !set.replaceAll("[-_]$", "").equals(wanted));
      if (sets.isEmpty()) {
        return new IdxNames(place, "", List.of());
      }
    }
    if (sets.size() > 1) {
      throw new InvalidInputException(
          folder
              + " holds "
              + sets.size()
              + " data sets; name one, for example idx:"
              + folder.resolve(sets.last().replaceAll("[-_]$", "")));
    }
    return new IdxNames(folder, sets.isEmpty() ? "" : sets.first(), found);
  }

  private static List<Found> files(Path folder) {
    List<Found> found = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path path : entries.filter(Files::isRegularFile).sorted().toList()) {
        Matcher name = NAME.matcher(path.getFileName().toString().toLowerCase(Locale.ROOT));
        boolean known = name.matches();
        boolean images = known && name.group("kind").equals("images");
        if (known && name.group("rank").equals(images ? "3" : "1")) {
          found.add(
              new Found(path, name.group("set"), !name.group("part").equals("train"), images));
        }
      }
      return found;
    } catch (IOException e) {
      return List.of(); // whatever is asked for is then missing, and named
    }
  }

  /**
   * Returns a file.
   *
   * @throws InvalidInputException if it is missing
   */
  Path file(boolean test, boolean images) {
    String usual =
        (test ? "t10k-" : "train-") + (images ? "images-idx3-ubyte" : "labels-idx1-ubyte");
    return files.stream()
        .filter(each -> each.set().equals(set) && each.test() == test && each.images() == images)
        .map(Found::path)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "no "
                        + set
                        + usual
                        + " (or .gz) in "
                        + folder
                        + "; give the folder of the four IDX files"));
  }

  /**
   * Whether images are stored column by column, as EMNIST's are (Cohen et al. 2017, section II).
   */
  boolean transposed() {
    return TRANSPOSED.matcher(set).matches();
  }
}
