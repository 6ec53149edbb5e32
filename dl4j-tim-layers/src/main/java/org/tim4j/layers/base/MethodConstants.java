package org.tim4j.layers.base;

/** Numbers that the method fixes, the same in every network and on every runtime. */
public final class MethodConstants {
  /** Added to the variance by a layer normalisation without gain and bias. */
  public static final double PLAIN_EPSILON = 1e-6;

  /** Added to the variance by a layer normalisation with gain and bias: queries, keys, captions. */
  public static final double AFFINE_EPSILON = 1e-5;

  /**
   * The base whose powers are the frequencies of rotary positions (Su et al., arXiv 2104.09864,
   * section 3.2.2) and of the sinusoid of a time (Vaswani et al., arXiv 1706.03762, section 3.5).
   */
  public static final double FREQUENCY_BASE = 10000;

  /** Values of the sinusoid of a time: cosines and then as many sines. */
  public static final int SINUSOID_WIDTH = 256;

  private MethodConstants() {}
}
