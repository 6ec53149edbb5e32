package org.tim4j.layers.weights;

import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/** Element types of a safetensors file that can be read; values are stored little-endian. */
public enum TensorType {
  F64(8, DataType.DOUBLE),
  F32(4, DataType.FLOAT),
  /** IEEE 754 half precision. */
  F16(2, DataType.FLOAT),
  /** The upper half of a single precision number. */
  BF16(2, DataType.FLOAT),
  I64(8, DataType.INT64),
  I32(4, DataType.INT32),
  U8(1, DataType.UINT8),
  BOOL(1, DataType.BOOL);

  private final int bytes;
  private final DataType dataType;

  TensorType(int bytes, DataType dataType) {
    this.bytes = bytes;
    this.dataType = dataType;
  }

  /** Returns the size of one element in bytes. */
  public int bytes() {
    return bytes;
  }

  /** Returns the type of the arrays that such a tensor is read into: the narrowest without loss. */
  public DataType dataType() {
    return dataType;
  }

  static Optional<TensorType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }
}
