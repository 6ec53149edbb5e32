package org.tim4j.layers.weights;

import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Element types of a safetensors file; values are stored little-endian. Some can be listed, but not
 * read, as no array holds them.
 */
public enum TensorType {
  F64(64, DataType.DOUBLE),
  F32(32, DataType.FLOAT),
  /** IEEE 754 half precision. */
  F16(16, DataType.FLOAT),
  /** The upper half of a single precision number. */
  BF16(16, DataType.FLOAT),
  /** 1 sign bit, 5 exponent bits, 2 bits of fraction. */
  F8_E5M2(8, DataType.FLOAT),
  /** 1 sign bit, 4 exponent bits, 3 bits of fraction; no infinities. */
  F8_E4M3(8, DataType.FLOAT),
  I64(64, DataType.INT64),
  I32(32, DataType.INT32),
  I16(16, DataType.INT16),
  I8(8, DataType.INT8),
  U16(16, DataType.UINT16),
  U8(8, DataType.UINT8),
  BOOL(8, DataType.BOOL),
  U64(64, null),
  U32(32, null),
  /** Two single precision numbers. */
  C64(64, null),
  /** A power of two alone, the common scale of a block. */
  F8_E8M0(8, null),
  F6_E3M2(6, null),
  F6_E2M3(6, null),
  F4(4, null);

  private final int bits;
  private final DataType dataType;

  TensorType(int bits, DataType dataType) {
    this.bits = bits;
    this.dataType = dataType;
  }

  /** Returns the size of one element in bits. */
  public int bits() {
    return bits;
  }

  /** Returns the size in bytes of one element, or of the whole bytes that it takes part in. */
  int bytes() {
    return (bits + Byte.SIZE - 1) / Byte.SIZE;
  }

  /** Returns whether tensors of this type can be read, not only listed. */
  public boolean isReadable() {
    return dataType != null;
  }

  /** Returns whether this is a type of real numbers, of which weights are made. */
  public boolean isFloatingPoint() {
    return switch (this) {
      case F64, F32, F16, BF16, F8_E5M2, F8_E4M3 -> true;
      default -> false;
    };
  }

  /**
   * Returns the type of the arrays that such a tensor is read into: the narrowest without loss.
   *
   * @throws IllegalStateException if it cannot be read
   */
  public DataType dataType() {
    if (dataType == null) {
      throw new IllegalStateException("no array holds " + this + "; ask isReadable() first");
    }
    return dataType;
  }

  static Optional<TensorType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }
}
