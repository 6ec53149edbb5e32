package org.tim4j.layers.reference;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.json.JsonFields;
import org.tim4j.layers.weights.SafetensorsFile;
import org.tim4j.layers.weights.TensorInfo;
import org.tim4j.layers.weights.TensorType;

/**
 * One open reference file: named arrays and their description. Each array is asked for with the
 * shape that it must have, so that nothing of another shape reaches a layer, and arrays that nobody
 * asks for can be named at the end.
 */
public final class ReferenceFile implements AutoCloseable {
  /** In a shape that is asked for: any extent above 0. */
  public static final long ANY = -1;

  /**
   * A tensor of this name's ending is stored in double precision, whatever the rest of the file.
   */
  private static final String DOUBLE_NAME = "_f64";

  private static final String DOUBLE_NETWORK_NAME = "_f64net";

  private final String name;
  private final SafetensorsFile tensors;
  private final JsonFields description;
  private final TensorType stored;
  private final Set<String> unread = new LinkedHashSet<>();

  ReferenceFile(String name, Path file, JsonFields description, TensorType stored) {
    this.name = name;
    this.tensors = SafetensorsFile.open(file);
    this.description = description;
    this.stored = stored;
    unread.addAll(keys());
  }

  /** Returns the file's name without its ending. */
  public String name() {
    return name;
  }

  SafetensorsFile tensors() {
    return tensors;
  }

  /** Returns what the JSON file beside it says. */
  public JsonFields description() {
    return description;
  }

  /** Returns the names of all arrays in the order of the file. */
  public List<String> keys() {
    return tensors.tensors().stream().map(TensorInfo::name).toList();
  }

  /** Returns whether there is an array of that name. */
  public boolean has(String key) {
    return tensors.contains(key);
  }

  /** Returns whether the name of an array begins with a text. */
  public boolean hasAny(String beginning) {
    return keys().stream().anyMatch(key -> key.startsWith(beginning));
  }

  /** Returns what a pattern finds at the beginning of names, each text once, in order. */
  List<Matcher> matches(Pattern beginning) {
    Map<String, Matcher> matches = new LinkedHashMap<>();
    for (String key : keys()) {
      Matcher matcher = beginning.matcher(key);
      if (matcher.lookingAt()) {
        matches.putIfAbsent(matcher.group(), matcher);
      }
    }
    return List.copyOf(matches.values());
  }

  /**
   * Returns the shape of an array of real numbers.
   *
   * @throws InvalidInputException if there is no such array, or its rank or type is another one
   */
  public long[] shape(String key, int rank) {
    return info(key, type(key), LongStream.generate(() -> ANY).limit(rank).toArray()).shape();
  }

  /**
   * Returns an array of real numbers.
   *
   * @param as type to convert it to
   * @param shape its shape; extents may be {@link #ANY}
   * @throws InvalidInputException if there is no such array, or its shape or type is another one
   */
  public INDArray array(String key, DataType as, long... shape) {
    info(key, type(key), shape);
    return tensors.read(key, as);
  }

  /** As {@link #array}, for one number a row: stored {@code [rows]}, returned {@code [rows, 1]}. */
  public INDArray column(String key, DataType as, long rows) {
    return array(key, as, rows).reshape(rows, 1);
  }

  /** As {@link #array}, as doubles in row-major order. */
  public double[] doubles(String key, long... shape) {
    info(key, type(key), shape);
    return tensors.doubles(key);
  }

  /** Returns a single real number, stored {@code [1]}. */
  public double number(String key) {
    return doubles(key, 1)[0];
  }

  /**
   * Returns an array of whole numbers in row-major order.
   *
   * @throws InvalidInputException if there is no such array, or its shape or type is another one
   */
  public long[] wholeNumbers(String key, long... shape) {
    info(key, TensorType.I64, shape);
    return tensors.longs(key);
  }

  /** As {@link #wholeNumbers}, stored {@code [rows]}, returned {@code [rows, 1]} in a type. */
  INDArray wholeColumn(String key, DataType as, long rows) {
    wholeNumbers(key, rows);
    return tensors.read(key, as).reshape(rows, 1);
  }

  /**
   * Returns a number of samples, stored {@code [1]}.
   *
   * @param most largest number that makes sense
   * @throws InvalidInputException if it lies outside of 0 to {@code most}
   */
  public int count(String key, int most) {
    long value = wholeNumbers(key, 1)[0];
    if (value < 0 || value > most) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT, "%s: %s is %d; it must lie between 0 and %d", name, key, value, most));
    }
    return (int) value;
  }

  /**
   * Requires that every array was asked for.
   *
   * @throws InvalidInputException if one was not, because such a file would pass without it
   */
  public void requireAllRead() {
    if (!unread.isEmpty()) {
      throw new InvalidInputException(
          name
              + " holds arrays that belong to no case: "
              + unread.stream().limit(5).collect(Collectors.joining(", "))
              + (unread.size() > 5
                  ? String.format(Locale.ROOT, " and %d more", unread.size() - 5)
                  : "")
              + "; check their names");
    }
  }

  @Override
  public void close() {
    tensors.close();
  }

  private TensorType type(String key) {
    return key.endsWith(DOUBLE_NAME) || key.endsWith(DOUBLE_NETWORK_NAME) ? TensorType.F64 : stored;
  }

  private TensorInfo info(String key, TensorType type, long... shape) {
    if (!has(key)) {
      throw new InvalidInputException(name + " has no array " + key + "; it belongs to the case");
    }
    TensorInfo info = tensors.info(key);
    long[] found = info.shape();
    boolean fits = found.length == shape.length && info.type() == type;
    for (int axis = 0; fits && axis < shape.length; axis++) {
      fits = shape[axis] == ANY ? found[axis] > 0 : found[axis] == shape[axis];
    }
    if (!fits) {
      String expected =
          Arrays.stream(shape)
              .mapToObj(extent -> extent == ANY ? "…" : Long.toString(extent))
              .collect(Collectors.joining(", ", "[", "]"));
      throw new InvalidInputException(
          String.format(Locale.ROOT, "%s: %s; %s %s is expected", name, info, type, expected));
    }
    unread.remove(key);
    return info;
  }
}
