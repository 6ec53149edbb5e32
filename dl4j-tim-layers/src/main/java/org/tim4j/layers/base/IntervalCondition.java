package org.tim4j.layers.base;

/**
 * What the interval embedding is made of. {@code φ} is the time embedding and {@code ψ} either an
 * embedding of its own or φ again.
 */
public enum IntervalCondition {
  /** ψ(t − r). */
  T_MINUS_R(false, false, Second.DIFFERENCE),
  /** ψ(r). */
  R(false, false, Second.END),
  /** φ(t) + ψ(r). */
  T_AND_R(true, false, Second.END),
  /** φ(t) + ψ(t − r). */
  T_AND_T_MINUS_R(true, false, Second.DIFFERENCE),
  /** φ(r) + ψ(t − r). */
  R_AND_T_MINUS_R(false, true, Second.DIFFERENCE),
  /** φ(t) + φ(r) + ψ(t − r). */
  T_AND_R_AND_T_MINUS_R(true, true, Second.DIFFERENCE);

  /** What ψ embeds. */
  private enum Second {
    END,
    DIFFERENCE
  }

  private final boolean start;
  private final boolean end;
  private final Second second;

  IntervalCondition(boolean start, boolean end, Second second) {
    this.start = start;
    this.end = end;
    this.second = second;
  }

  /** Returns whether φ(t) is a summand. */
  public boolean addsStart() {
    return start;
  }

  /** Returns whether φ(r) is a summand. */
  public boolean addsEnd() {
    return end;
  }

  /** Returns whether ψ embeds t − r rather than r. */
  public boolean embedsDifference() {
    return second == Second.DIFFERENCE;
  }
}
