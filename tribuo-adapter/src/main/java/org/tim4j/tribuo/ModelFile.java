package org.tim4j.tribuo;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.Status;
import java.io.ObjectInputStream;
import java.io.ObjectStreamConstants;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.tribuo.Model;

/**
 * Reads a model from a protobuf file or from the Java object stream that Tribuo's command lines
 * still write.
 *
 * <p>Of an object stream nothing but a {@link ModelProtoHolder}, the bytes of a protobuf, is read;
 * a filter refuses every other class before an object of it is made.
 */
final class ModelFile {
  private static final Set<Class<?>> ALLOWED =
      Set.of(ModelProtoHolder.class, byte[].class, TimModel.class, TimRegressionModel.class);

  private ModelFile() {}

  /**
   * Reads a model.
   *
   * @throws IOException if the file cannot be read, or is an object stream of anything else
   * @throws IllegalStateException if the protobuf is damaged or not of a known class and version
   */
  static Model<?> read(Path file) throws IOException {
    if (!isObjectStream(file)) {
      return Model.deserializeFromFile(file);
    }
    try (ObjectInputStream stream =
        new ObjectInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      stream.setObjectInputFilter(ModelFile::onlyHolders);
      if (stream.readObject() instanceof Model<?> model) {
        return model;
      }
      throw new IOException("The file holds no model");
    } catch (ClassNotFoundException e) {
      throw new IOException("The file holds an object of an unknown class: " + e.getMessage(), e);
    }
  }

  private static boolean isObjectStream(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] start = stream.readNBytes(Short.BYTES);
      return start.length == Short.BYTES
          && ByteBuffer.wrap(start).getShort() == ObjectStreamConstants.STREAM_MAGIC;
    }
  }

  private static Status onlyHolders(ObjectInputFilter.FilterInfo info) {
    Class<?> type = info.serialClass();
    if (type == null) {
      return Status.UNDECIDED;
    }
    // What a holder resolves to is checked too; a model refuses to be read without its holder.
    return ALLOWED.contains(type) ? Status.ALLOWED : Status.REJECTED;
  }
}
