package org.tim4j.layers.weights;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;

/** How many tensors of a file were read into parameters of another type. */
public final class WeightConversion {
  private record Kind(TensorType from, DataType to) implements Comparable<Kind> {
    @Override
    public int compareTo(Kind other) {
      return from == other.from ? to.compareTo(other.to) : from.compareTo(other.from);
    }

    /** Doubles hold every other type; FLOAT holds all but F64. */
    private String verb() {
      boolean exact = to == DataType.DOUBLE || to == DataType.FLOAT && from != TensorType.F64;
      return exact ? "widened" : "rounded";
    }
  }

  private final Path file;
  private final Map<Kind, Integer> tensors = new TreeMap<>();

  WeightConversion(Path file) {
    this.file = file;
  }

  void count(TensorType from, DataType to) {
    boolean same =
        from == TensorType.F64 && to == DataType.DOUBLE
            || from == TensorType.F32 && to == DataType.FLOAT;
    if (!same) {
      tensors.merge(new Kind(from, to), 1, Integer::sum);
    }
  }

  /** Returns whether every parameter has the type of the file. */
  public boolean isEmpty() {
    return tensors.isEmpty();
  }

  /**
   * Returns for example {@code model.safetensors: 67 tensors widened from F16 to FLOAT}; only the
   * name of the file if nothing was converted.
   */
  @Override
  public String toString() {
    return tensors.entrySet().stream()
        .map(
            entry ->
                String.format(
                    Locale.ROOT,
                    "%d tensors %s from %s to %s",
                    entry.getValue(),
                    entry.getKey().verb(),
                    entry.getKey().from(),
                    entry.getKey().to()))
        .collect(Collectors.joining(", ", file.getFileName() + ": ", ""));
  }
}
