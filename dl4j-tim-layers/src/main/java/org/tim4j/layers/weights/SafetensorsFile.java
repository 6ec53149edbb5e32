package org.tim4j.layers.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A safetensors file, open for reading (format: huggingface.co/docs/safetensors).
 *
 * <p>The file is eight bytes with the little-endian length of the header, the header (JSON), and
 * the tensors' bytes. Opening reads and checks the header alone; tensors are read through memory
 * mappings when asked for, so that files larger than memory and than 2 GB can be opened. Instances
 * may be used by several threads.
 */
public final class SafetensorsFile implements TensorSource {
  /** Bytes that are mapped and converted at a time; a multiple of every element size. */
  private static final int PIECE_BYTES = 16 << 20;

  private final Path path;
  private final FileChannel channel;
  private final SafetensorsHeader header;

  private SafetensorsFile(Path path, FileChannel channel, SafetensorsHeader header) {
    this.path = path;
    this.channel = channel;
    this.header = header;
  }

  /**
   * Opens a file and checks its header in full.
   *
   * @throws SafetensorsException if the file cannot be read or breaks the format
   */
  public static SafetensorsFile open(Path path) {
    FileChannel channel = openChannel(path);
    try {
      return new SafetensorsFile(path, channel, SafetensorsHeaderReader.read(path, channel));
    } catch (RuntimeException | IOException e) {
      closeAfter(e, channel);
      throw e instanceof RuntimeException unchecked ? unchecked : unreadable(path, (IOException) e);
    }
  }

  @Override
  public Path path() {
    return path;
  }

  /** Returns every tensor's description in the order of the header. */
  @Override
  public List<TensorInfo> tensors() {
    return header.entries().values().stream().map(SafetensorsHeader.Entry::info).toList();
  }

  /** Returns the free-form texts of the header, empty if there are none. */
  @Override
  public Map<String, String> metadata() {
    return header.metadata();
  }

  @Override
  public boolean contains(String name) {
    return header.entries().containsKey(name);
  }

  @Override
  public TensorInfo info(String name) {
    return entry(name).info();
  }

  /**
   * Reads a tensor without loss: F16, BF16 and F8 come as FLOAT, the other types as themselves.
   *
   * @return a new array in row-major order
   * @throws SafetensorsException if there is no such tensor or it cannot be read
   */
  @Override
  public INDArray read(String name) {
    return read(name, readable(name).type().dataType());
  }

  /**
   * Reads a tensor and converts it.
   *
   * @param type type of the result
   * @return a new array in row-major order
   * @throws SafetensorsException if there is no such tensor or it cannot be read
   */
  public INDArray read(String name, DataType type) {
    TensorInfo info = readable(name);
    SafetensorsHeader.Entry entry = entry(name);
    if (info.elements() == 0) {
      return Nd4j.create(type, info.shape());
    }
    INDArray result = Nd4j.createUninitialized(type, info.shape(), 'c');
    INDArray flat = result.reshape('c', new long[] {info.elements()});
    int elementBytes = info.type().bytes();
    for (long begin = entry.begin(); begin < entry.end(); begin += PIECE_BYTES) {
      long end = Math.min(begin + PIECE_BYTES, entry.end());
      try (INDArray piece = TensorDecoder.vector(info.type(), map(begin, end))) {
        flat.get(
                NDArrayIndex.interval(
                    (begin - entry.begin()) / elementBytes, (end - entry.begin()) / elementBytes))
            .assign(piece);
      }
    }
    return result;
  }

  /**
   * Reads a tensor of any type as doubles in row-major order.
   *
   * @throws SafetensorsException if there is no such tensor, it cannot be read or is larger than 2
   *     GB
   */
  public double[] doubles(String name) {
    return TensorDecoder.doubles(readable(name).type(), mapWhole(name));
  }

  /**
   * Reads a tensor of whole numbers in row-major order.
   *
   * @throws SafetensorsException if there is no such tensor, it holds other numbers, cannot be read
   *     or is larger than 2 GB
   */
  public long[] longs(String name) {
    TensorInfo info = readable(name);
    if (info.type().isFloatingPoint()) {
      throw new SafetensorsException(path, "tensor " + info + " does not hold whole numbers");
    }
    return TensorDecoder.longs(info.type(), mapWhole(name));
  }

  /**
   * Closes the file; arrays that were read stay valid. Windows lets a file that was read be
   * replaced only after its mappings have been collected as garbage.
   */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private SafetensorsHeader.Entry entry(String name) {
    SafetensorsHeader.Entry entry = header.entries().get(name);
    if (entry == null) {
      throw new SafetensorsException(path, "has no tensor '" + name + "'");
    }
    return entry;
  }

  private TensorInfo readable(String name) {
    TensorInfo info = info(name);
    if (!info.type().isReadable()) {
      throw new SafetensorsException(
          path, "tensor " + info + " can be listed, but not read; convert it to F32 or I64");
    }
    return info;
  }

  private ByteBuffer mapWhole(String name) {
    SafetensorsHeader.Entry entry = entry(name);
    if (entry.end() - entry.begin() > Integer.MAX_VALUE) {
      throw new SafetensorsException(
          path, "tensor " + entry.info() + " is larger than 2 GB and can only be read as an array");
    }
    return map(entry.begin(), entry.end());
  }

  private ByteBuffer map(long begin, long end) {
    try {
      return channel.map(MapMode.READ_ONLY, header.dataStart() + begin, end - begin);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static FileChannel openChannel(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw new SafetensorsException(
            path, "is a folder, not a safetensors file; name one of the files in it");
      }
      return FileChannel.open(path, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw new SafetensorsException(path, "there is no such file", e);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static void closeAfter(Exception failure, FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static SafetensorsException unreadable(Path path, IOException cause) {
    return new SafetensorsException(path, "cannot be read: " + cause, cause);
  }
}
