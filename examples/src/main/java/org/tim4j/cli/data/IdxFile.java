package org.tim4j.cli.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.tim4j.layers.base.InvalidInputException;

/**
 * An array of unsigned bytes in the IDX format of MNIST (Y. LeCun): two zero bytes, the type 8, the
 * number of dimensions, each extent as a big-endian 32-bit number, then the values, last dimension
 * fastest. A name that ends in {@code .gz} is decompressed.
 *
 * @param extents size of each dimension
 * @param values the values, 0 to 255, as Java's signed bytes
 */
record IdxFile(int[] extents, byte[] values) {
  private static final int UNSIGNED_BYTE = 8;

  /** What deflate makes of a byte at most. */
  private static final long MOST_COMPRESSION = 1032;

  /** A byte of the file, and the pixel as a number. */
  private static final int BYTES_EACH = Byte.BYTES + Float.BYTES;

  /**
   * Reads a file and checks all of it.
   *
   * @param dimensions number of dimensions the file must have
   * @throws InvalidInputException if the file is missing, damaged, truncated or longer than its
   *     header says
   */
  static IdxFile read(Path file, int dimensions) {
    try (DataInputStream in = open(file)) {
      int magic = in.readInt();
      if (magic != (UNSIGNED_BYTE << 8 | dimensions)) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "%s starts with %08x; an IDX file of bytes in %d dimension(s) starts with %08x",
                file,
                magic,
                dimensions,
                UNSIGNED_BYTE << 8 | dimensions));
      }
      int[] extents = new int[dimensions];
      for (int i = 0; i < dimensions; i++) {
        extents[i] = in.readInt();
      }
      int length = length(file, extents);
      byte[] values = in.readNBytes(length);
      if (values.length < length) {
        throw truncated(file);
      }
      if (in.read() >= 0) {
        throw new InvalidInputException(
            file + " goes on after the " + length + " values its header announces; get it anew");
      }
      return new IdxFile(extents, values);
    } catch (EOFException e) {
      throw truncated(file);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static DataInputStream open(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file));
    try {
      return new DataInputStream(isCompressed(file) ? new GZIPInputStream(raw, 1 << 16) : raw);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** Refuses by the header what could not be held, or cannot be in the file. */
  private static int length(Path file, int[] extents) throws IOException {
    long length = 1;
    for (int extent : extents) {
      length = extent < 1 ? -1 : Math.multiplyExact(length, (long) extent);
      if (length < 1 || length > Integer.MAX_VALUE - 8) {
        throw new InvalidInputException(
            file
                + " announces the size "
                + Arrays.toString(extents)
                + "; every extent must be positive and their product below 2^31");
      }
    }
    if (length > Files.size(file) * (isCompressed(file) ? MOST_COMPRESSION : 1)) {
      throw truncated(file);
    }
    long heap = Runtime.getRuntime().maxMemory();
    if (length > heap / BYTES_EACH) {
      throw new InvalidInputException(
          file
              + " announces the size "
              + Arrays.toString(extents)
              + ", which takes "
              + (length * BYTES_EACH >> 20)
              + " MiB of Java's heap of "
              + (heap >> 20)
              + "; raise it through JAVA_OPTS=-Xmx");
    }
    return (int) length;
  }

  private static boolean isCompressed(Path file) {
    return file.toString().endsWith(".gz");
  }

  /** The values as numbers from 0 to 255. */
  IntStream unsigned() {
    return IntStream.range(0, values.length).map(i -> Byte.toUnsignedInt(values[i]));
  }

  /** Returns the images {@code [n, columns, rows]} of images {@code [n, rows, columns]}. */
  IdxFile transposed() {
    int rows = extents[1];
    int columns = extents[2];
    byte[] turned = new byte[values.length];
    for (int image = 0; image < extents[0]; image++) {
      int start = image * rows * columns;
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          turned[start + x * rows + y] = values[start + y * columns + x];
        }
      }
    }
    return new IdxFile(new int[] {extents[0], columns, rows}, turned);
  }

  private static InvalidInputException truncated(Path file) {
    return new InvalidInputException(
        file + " ends before the values its header announces; get it anew");
  }
}
