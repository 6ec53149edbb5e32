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
      return new DataInputStream(
          file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static int length(Path file, int[] extents) {
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
    return (int) length;
  }

  private static InvalidInputException truncated(Path file) {
    return new InvalidInputException(
        file + " ends before the values its header announces; get it anew");
  }
}
