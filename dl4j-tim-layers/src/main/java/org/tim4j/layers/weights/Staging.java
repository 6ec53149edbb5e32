package org.tim4j.layers.weights;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A hidden folder beside a target, in which the target's new content is made before it takes the
 * target's place by renaming. Closing removes whatever was not moved out; what a killed process
 * left behind is removed by the next one that writes the same target.
 */
final class Staging implements AutoCloseable {
  private final Path target;
  private final Path folder;

  private Staging(Path target, Path folder) {
    this.target = target;
    this.folder = folder;
  }

  /**
   * @throws IOException if the target's parent folder does not exist or cannot be written to
   */
  static Staging beside(Path target) throws IOException {
    Path absolute = target.toAbsolutePath().normalize();
    String prefix = "." + absolute.getFileName() + ".staging";
    try (DirectoryStream<Path> leftovers =
        Files.newDirectoryStream(absolute.getParent(), path -> named(path).startsWith(prefix))) {
      for (Path leftover : leftovers) {
        deleteTree(leftover);
      }
    }
    return new Staging(absolute, Files.createTempDirectory(absolute.getParent(), prefix));
  }

  /**
   * Returns where the old folder is kept for the moment between the two renames of {@link
   * #replaceFolder}: a folder of that name is whole, and counts if the target is missing.
   */
  static Path previous(Path target) {
    Path absolute = target.toAbsolutePath().normalize();
    return absolute.resolveSibling(absolute.getFileName() + ".previous");
  }

  /** Returns where to make the new content; nothing is there yet. */
  Path content() {
    return folder.resolve(target.getFileName());
  }

  /** Puts the new content, a file that is on the disk already, in the target's place. */
  void replaceFile() throws IOException {
    Files.move(
        content(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceFolder(target.getParent());
  }

  /**
   * Puts the new content, a folder whose files are on the disk already, in the target's place. No
   * system can exchange two folders portably, so there is a moment with the old one at {@link
   * #previous} only.
   */
  void replaceFolder() throws IOException {
    Path parent = target.getParent();
    forceFolder(content());
    if (Files.exists(target)) {
      deleteTree(previous(target));
      Files.move(target, previous(target), StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(content(), target, StandardCopyOption.ATOMIC_MOVE);
    forceFolder(parent);
    deleteTree(previous(target));
  }

  @Override
  public void close() throws IOException {
    deleteTree(folder);
  }

  /** Makes renames within a folder survive a power cut, where the system lets folders be opened. */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders, and keeps renames in its journal instead.
    }
  }

  private static String named(Path path) {
    return path.getFileName().toString();
  }

  /** Deletes a file, or a folder with all that it holds; nothing happens if there is none. */
  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> tree = Files.walk(root)) {
      deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
