package org.tim4j.layers.kernel.memory;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tim4j.layers.base.InvalidInputException;

/** Where each parameter of a layer lies in the layer's flat array: one after the other. */
public final class ParameterLayout {
  private record Entry(long offset, long[] shape) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final long length;

  private ParameterLayout(Map<String, long[]> shapes) {
    long offset = 0;
    for (Map.Entry<String, long[]> parameter : shapes.entrySet()) {
      entries.put(parameter.getKey(), new Entry(offset, parameter.getValue().clone()));
      offset += FloatTensor.count(parameter.getValue());
    }
    length = offset;
  }

  /** A layout of parameters with these shapes, in the map's order, each row-major. */
  public static ParameterLayout of(Map<String, long[]> shapes) {
    return new ParameterLayout(shapes);
  }

  /** Floats of all parameters. */
  public long length() {
    return length;
  }

  /** Offset of a parameter in the flat array. */
  public long offset(String name) {
    return entry(name).offset();
  }

  /** Shape of a parameter. */
  public long[] shape(String name) {
    return entry(name).shape().clone();
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new InvalidInputException(
          "There is no parameter " + name + "; there are " + entries.keySet() + ".");
    }
    return entry;
  }
}
