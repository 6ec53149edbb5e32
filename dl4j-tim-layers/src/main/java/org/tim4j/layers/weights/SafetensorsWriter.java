package org.tim4j.layers.weights;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.tim4j.layers.base.InvalidInputException;

/**
 * Collects tensors and writes them as one safetensors file.
 *
 * <p>The same tensors and metadata always give the same bytes: tensors are ordered by element size,
 * largest first, and then by name, so that every element is aligned to its own size. The file
 * appears whole or not at all: it is written beside the target, forced to the disk and renamed.
 */
public final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;

  /** Bytes that are converted and written at a time; a multiple of every element size. */
  private static final int PIECE_BYTES = 1 << 20;

  /** The values are released after writing if they are made for that alone. */
  private record Tensor(TensorInfo info, Supplier<INDArray> values, boolean temporary) {}

  private final Map<String, Tensor> tensors = new TreeMap<>();
  private final Map<String, String> metadata = new TreeMap<>();

  /** Adds a free-form text to the header; a later text of the same key replaces an earlier one. */
  public SafetensorsWriter metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /**
   * Adds a tensor, which must not change until the file is written.
   *
   * @param values DOUBLE, written as F64, or FLOAT, written as F32; any strides
   * @throws InvalidInputException if the name is taken or the array has another type
   */
  public SafetensorsWriter tensor(String name, INDArray values) {
    TensorType type =
        switch (values.dataType()) {
          case DOUBLE -> TensorType.F64;
          case FLOAT -> TensorType.F32;
          default ->
              throw new InvalidInputException(
                  String.format(
                      Locale.ROOT,
                      "tensor '%s' is of type %s; cast it to FLOAT or DOUBLE to write it",
                      name,
                      values.dataType()));
        };
    return add(new Tensor(new TensorInfo(name, type, values.shape()), () -> values, false));
  }

  /**
   * Adds a tensor whose values are asked for once, when they are written, so that a converted copy
   * of each tensor of a large network need not be held.
   *
   * @param info type F64, F32 or F16, to which FLOAT is rounded
   * @param values gives a new array of the shape that {@code info} promises and of its {@link
   *     TensorType#dataType()}; it is closed after use
   * @throws InvalidInputException if the name is taken or the type is another one
   */
  public SafetensorsWriter tensor(TensorInfo info, Supplier<INDArray> values) {
    switch (info.type()) {
      case F64, F32, F16 -> {
        return add(new Tensor(info, values, true));
      }
      default -> throw new InvalidInputException("tensor " + info + " is not F64, F32 or F16");
    }
  }

  private SafetensorsWriter add(Tensor tensor) {
    if (tensors.putIfAbsent(tensor.info().name(), tensor) != null) {
      throw new InvalidInputException("tensor '" + tensor.info().name() + "' was added already");
    }
    return this;
  }

  /**
   * Writes the file, replacing one that is there.
   *
   * @throws SafetensorsException if it cannot be written; the old file is then untouched
   */
  public void write(Path path) {
    try (Staging staging = Staging.beside(path)) {
      try (FileChannel channel =
          FileChannel.open(
              staging.content(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        write(channel);
        channel.force(true);
      }
      staging.replaceFile();
    } catch (NoSuchFileException e) {
      throw new SafetensorsException(path, "cannot be written: its folder does not exist", e);
    } catch (IOException e) {
      throw new SafetensorsException(path, "cannot be written: " + e, e);
    }
  }

  private void write(FileChannel channel) throws IOException {
    List<Tensor> inOrder =
        tensors.values().stream()
            .sorted(Comparator.comparingInt((Tensor tensor) -> -tensor.info().type().bytes()))
            .toList();
    writeFully(channel, header(inOrder));
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Tensor tensor : inOrder) {
      write(channel, tensor, piece);
    }
  }

  private ByteBuffer header(List<Tensor> inOrder) throws IOException {
    JsonMapper json = new JsonMapper();
    ObjectNode root = json.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode texts = root.putObject("__metadata__");
      metadata.forEach(texts::put);
    }
    long offset = 0;
    for (Tensor tensor : inOrder) {
      ObjectNode entry = root.putObject(tensor.info().name());
      entry.put("dtype", tensor.info().type().name());
      ArrayNode shape = entry.putArray("shape");
      Arrays.stream(tensor.info().shape()).forEach(shape::add);
      long end = offset + tensor.info().byteLength();
      entry.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] text = json.writeValueAsBytes(root);
    int padded = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer header =
        ByteBuffer.allocate(Long.BYTES + padded)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(padded)
            .put(text);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.flip();
  }

  private static void write(FileChannel channel, Tensor tensor, ByteBuffer piece)
      throws IOException {
    INDArray values = tensor.values().get();
    try {
      checkPromise(tensor.info(), values);
      if (!values.isEmpty()) {
        write(channel, values, tensor.info(), piece);
      }
    } finally {
      if (tensor.temporary() && values.closeable()) {
        values.close();
      }
    }
  }

  private static void checkPromise(TensorInfo info, INDArray values) {
    if (values.dataType() != info.type().dataType()
        || !Arrays.equals(values.shape(), info.shape())) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "tensor %s was given as %s %s",
              info,
              values.dataType(),
              Arrays.toString(values.shape())));
    }
  }

  private static void write(FileChannel channel, INDArray values, TensorInfo info, ByteBuffer piece)
      throws IOException {
    TensorType type = info.type();
    INDArray flat = values.reshape('c', new long[] {values.length()});
    int pieceElements = PIECE_BYTES / type.bytes();
    for (long begin = 0; begin < flat.length(); begin += pieceElements) {
      long end = Math.min(begin + pieceElements, flat.length());
      try (INDArray part = flat.get(NDArrayIndex.interval(begin, end)).dup()) {
        piece.clear().limit((int) (end - begin) * type.bytes());
        switch (type) {
          case F64 -> piece.asDoubleBuffer().put(part.data().asDouble());
          case F16 ->
              putHalves(
                  info, part.data().asFloat(), piece.duplicate().order(ByteOrder.LITTLE_ENDIAN));
          default -> piece.asFloatBuffer().put(part.data().asFloat());
        }
        writeFully(channel, piece);
      }
    }
  }

  private static void putHalves(TensorInfo info, float[] values, ByteBuffer halves) {
    for (float value : values) {
      short half = HalfPrecision.fromFloat(value);
      if (Float.isFinite(value) && Float.isInfinite(HalfPrecision.toFloat(half))) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "tensor %s holds %s, but no F16 number is larger than %.0f; write it as F32",
                info.name(),
                value,
                HalfPrecision.MAX));
      }
      halves.putShort(half);
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
