package org.tim4j.layers.weights;

/** IEEE 754 binary16: 1 sign bit, 5 exponent bits with bias 15, 10 bits of fraction. */
final class HalfPrecision {
  /** The largest finite number. */
  static final float MAX = 65504;

  private static final int FRACTION_BITS = 10;

  /** The distance of neighbours below the smallest normal number. */
  private static final float SUBNORMAL_UNIT = 0x1p-24f;

  private static final int SMALLEST_EXPONENT = -14;

  private HalfPrecision() {}

  /** Widens a number; exact for every finite number and for infinities; a NaN stays one. */
  static float toFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >> FRACTION_BITS & 0x1F;
    int fraction = half & 0x3FF;
    if (exponent == 0) {
      float subnormal = fraction * SUBNORMAL_UNIT;
      return sign == 0 ? subnormal : -subnormal;
    }
    int widened = exponent == 0x1F ? 0xFF : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
  }

  /**
   * Rounds to the nearest number, to the even one of two. What would round above {@link #MAX}
   * becomes infinite; infinities and NaN stay what they are.
   */
  static short fromFloat(float value) {
    int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7E00);
    }
    float size = Math.abs(value);
    int exponent = Math.max(Math.getExponent(size), SMALLEST_EXPONENT);
    // The unit is a power of two, so that the division is exact and rint alone rounds.
    double units = Math.rint(size / Math.scalb(1.0, exponent - FRACTION_BITS));
    // A fraction that rounds up to the next power of two carries into the exponent by itself.
    double bits = units + (double) (exponent - SMALLEST_EXPONENT) * (1 << FRACTION_BITS);
    return (short) (sign | (int) Math.min(bits, 0x7C00));
  }
}
