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
      case F32, F16, BF16 -> Nd4j.createFromArray(floats(type, bytes));
      case I64 -> Nd4j.createFromArray(longs(type, bytes));
      case I32, U8, BOOL -> Nd4j.createFromArray(ints(type, bytes)).castTo(type.dataType());
    };
  }

  static double[] doubles(TensorType type, ByteBuffer bytes) {
    double[] values = new double[count(type, bytes)];
    switch (type) {
      case F64 -> littleEndian(bytes).asDoubleBuffer().get(values);
      case F32, F16, BF16 -> {
        float[] source = floats(type, bytes);
        for (int i = 0; i < values.length; i++) {
          values[i] = source[i];
        }
      }
      case I64, I32, U8, BOOL -> {
        long[] source = longs(type, bytes);
        for (int i = 0; i < values.length; i++) {
          values[i] = source[i];
        }
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
          values[i] = halfToFloat(source.getShort());
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
   * Widens an IEEE 754 binary16 number: 1 sign bit, 5 exponent bits with bias 15, 10 bits of
   * fraction. Exact for every finite number and for infinities; a NaN stays one.
   */
  static float halfToFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >> 10 & 0x1F;
    int fraction = half & 0x3FF;
    if (exponent == 0) {
      float subnormal = fraction * 0x1p-24f;
      return sign == 0 ? subnormal : -subnormal;
    }
    int widened = exponent == 0x1F ? 0xFF : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
  }

  private static int count(TensorType type, ByteBuffer bytes) {
    return bytes.remaining() / type.bytes();
  }

  private static ByteBuffer littleEndian(ByteBuffer bytes) {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }
}
