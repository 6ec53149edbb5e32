package org.tim4j.objective;

import java.util.Locale;
import org.tim4j.layers.base.TimException;

/** A number that is NaN or infinite where the mathematics allows only finite ones. */
public final class NonFiniteException extends TimException {
  private final int sample;
  private final double t;
  private final double r;

  /**
   * @param what what is not finite, as the subject of a sentence: "the prediction"
   * @param sample index in the batch
   * @param t raw start time of the sample
   * @param r raw target time of the sample
   * @param transport name of the transport
   */
  public NonFiniteException(String what, int sample, double t, double r, String transport) {
    super(
        String.format(
            Locale.ROOT,
            "%s is not finite for sample %d (t = %s, r = %s, %s); the network has diverged (train it"
                + " with a lower learning rate) or was trained for another transport",
            what,
            sample,
            t,
            r,
            transport));
    this.sample = sample;
    this.t = t;
    this.r = r;
  }

  /** Index of the first affected sample in its batch. */
  public int sample() {
    return sample;
  }

  /** Raw start time of the sample. */
  public double t() {
    return t;
  }

  /** Raw target time of the sample. */
  public double r() {
    return r;
  }
}
