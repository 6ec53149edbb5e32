package org.tim4j.layers.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Turns stretches of a file's bytes into numbers; every method reads the whole buffer. */
final class TensorDecoder {
  private TensorDecoder() {}

  /** Returns a vector of the type's {@link TensorType#dataType()}. */
  static INDArray vector(TensorType type, ByteBuffer bytes) {
    return switch (type) {
      case F64 -> Nd4j.createFromArray(doubles(type, bytes));
      case I64 -> Nd4j.createFromArray(longs(type, bytes));
      default ->
          type.isFloatingPoint()
              ? Nd4j.createFromArray(floats(type, bytes))
              : Nd4j.createFromArray(ints(type, bytes)).castTo(type.dataType());
    };
  }

  static double[] doubles(TensorType type, ByteBuffer bytes) {
    double[] values = new double[count(type, bytes)];
    if (type == TensorType.F64) {
      littleEndian(bytes).asDoubleBuffer().get(values);
    } else if (type.isFloatingPoint()) {
      float[] source = floats(type, bytes);
      for (int i = 0; i < values.length; i++) {
        values[i] = source[i];
      }
    } else {
      long[] source = longs(type, bytes);
      for (int i = 0; i < values.length; i++) {
        values[i] = source[i];
      }
    }
    return values;
  }

  /** Reads whole numbers; the type must be one of them. */
  static long[] longs(TensorType type, ByteBuffer bytes) {
    long[] values = new long[count(type, bytes)];
    if (type == TensorType.I64) {
      littleEndian(bytes).asLongBuffer().get(values);
    } else {
      int[] source = ints(type, bytes);
      for (int i = 0; i < values.length; i++) {
        values[i] = source[i];
      }
    }
    return values;
  }

  private static float[] floats(TensorType type, ByteBuffer bytes) {
    float[] values = new float[count(type, bytes)];
    ByteBuffer source = littleEndian(bytes);
    switch (type) {
      case F32 -> source.asFloatBuffer().get(values);
      case F16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = HalfPrecision.toFloat(source.getShort());
        }
      }
      case F8_E5M2 -> {
        // The upper half of a half precision number.
        for (int i = 0; i < values.length; i++) {
          values[i] = HalfPrecision.toFloat((short) (source.get() << Byte.SIZE));
        }
      }
      case F8_E4M3 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = eightBitsToFloat(source.get());
        }
      }
      case BF16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = Float.intBitsToFloat(source.getShort() << 16);
        }
      }
      default -> throw new IllegalArgumentException(type + " holds no floating-point numbers");
    }
    return values;
  }

  private static int[] ints(TensorType type, ByteBuffer bytes) {
    int[] values = new int[count(type, bytes)];
    ByteBuffer source = littleEndian(bytes);
    switch (type) {
      case I32 -> source.asIntBuffer().get(values);
      case I16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = source.getShort();
        }
      }
      case U16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = Short.toUnsignedInt(source.getShort());
        }
      }
      case I8 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = source.get();
        }
      }
      case U8 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = Byte.toUnsignedInt(source.get());
        }
      }
      case BOOL -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = source.get() == 0 ? 0 : 1;
        }
      }
      default -> throw new IllegalArgumentException(type + " does not fit 32-bit integers");
    }
    return values;
  }

  /**
   * Widens a number of 4 exponent bits with bias 7 and 3 bits of fraction (Micikevicius et al.
   * 2022, arXiv 2209.05433, table 1): all ones but the sign are NaN, and nothing is infinite.
   */
  private static float eightBitsToFloat(byte eight) {
    int exponent = eight >> 3 & 0xF;
    int fraction = eight & 0x7;
    float size = exponent == 0 ? fraction * 0x1p-9f : Math.scalb(1 + fraction / 8f, exponent - 7);
    boolean nan = exponent == 0xF && fraction == 0x7;
    float value = nan ? Float.NaN : size;
    return eight < 0 ? -value : value;
  }

  private static int count(TensorType type, ByteBuffer bytes) {
    return bytes.remaining() / type.bytes();
  }

  private static ByteBuffer littleEndian(ByteBuffer bytes) {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }
}
