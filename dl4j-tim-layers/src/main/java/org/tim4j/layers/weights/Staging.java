package org.tim4j.layers.weights;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A hidden folder beside a target, in which the target's new content is made before it takes the
 * target's place by renaming. Closing removes whatever was not moved out.
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
    Path absolute = target.toAbsolutePath();
    return new Staging(
        absolute,
        Files.createTempDirectory(absolute.getParent(), "." + absolute.getFileName() + "."));
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

  @Override
  public void close() throws IOException {
    deleteTree(folder);
  }

  /** Makes renames within a folder survive a power cut, where the system lets folders be opened. */
  static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders, and keeps renames in its journal instead.
      return;
    }
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
