package org.tim4j.objective.interval;

import java.util.random.RandomGenerator;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.transport.TimeLaw;
import org.tim4j.objective.transport.Transport;

/**
 * Draws the start and target times of a training batch.
 *
 * <p>Two times are drawn for each sample from the transport's law, the larger becomes t and the
 * smaller r. The first {@code round(diffusionRatio · batch)} samples then get {@code r = t}, the
 * last {@code round(consistencyRatio · batch)} samples {@code r = tMin}; half counts round to the
 * even number, and a sample that both counts claim is a consistency sample. Times are not clipped
 * to the transport's range.
 *
 * @param diffusionRatio part of the batch that learns the instantaneous velocity; 0.5 in the paper
 * @param consistencyRatio part of the batch that learns to jump to the data; 0.1 in the paper
 */
public record IntervalSampler(double diffusionRatio, double consistencyRatio) {
  /**
   * @throws InvalidInputException if a ratio lies outside [0, 1] or both sum to more than 1
   */
  public IntervalSampler {
    Require.between("diffusionRatio", diffusionRatio, 0, 1);
    Require.between("consistencyRatio", consistencyRatio, 0, 1);
    if (diffusionRatio + consistencyRatio > 1) {
      throw new InvalidInputException(
          "diffusionRatio "
              + diffusionRatio
              + " and consistencyRatio "
              + consistencyRatio
              + " sum to more than 1; a sample cannot be both, lower one of them");
    }
  }

  /** Returns the ratios of the paper: half diffusion samples, a tenth consistency samples. */
  public static IntervalSampler standard() {
    return new IntervalSampler(0.5, 0.1);
  }

  /**
   * Draws the times of one batch: all first draws, then all second draws.
   *
   * @param random stream of {@code Purpose.INTERVAL}
   */
  public Intervals sample(Transport transport, int batch, RandomGenerator random) {
    Require.atLeast("the batch size", batch, 1);
    TimeLaw law = transport.timeLaw();
    double[][] draws = new double[2][batch];
    for (double[] row : draws) {
      for (int i = 0; i < batch; i++) {
        row[i] = law.draw(random);
      }
    }
    return fromDraws(transport, draws[0], draws[1]);
  }

  /**
   * Makes the times of one batch from given numbers of the law's base distribution.
   *
   * @param first one number for each sample
   * @param second one number for each sample
   * @throws InvalidInputException if the lists differ in length or hold no sample
   */
  public Intervals fromDraws(Transport transport, double[] first, double[] second) {
    Require.atLeast("the batch size", first.length, 1);
    if (first.length != second.length) {
      throw new InvalidInputException(
          "first holds "
              + first.length
              + " draws and second "
              + second.length
              + "; give one of each for a sample");
    }
    int batch = first.length;
    TimeLaw law = transport.timeLaw();
    double[] t = new double[batch];
    double[] r = new double[batch];
    int firstConsistency = batch - consistencyCount(batch);
    // Both counts may round up and claim one sample twice. It becomes a consistency sample alone:
    // as
    // a diffusion sample its derivative would be 0, which is wrong for r < t.
    int diffusionCount = Math.min(diffusionCount(batch), firstConsistency);
    for (int i = 0; i < batch; i++) {
      double one = law.timeFromDraw(first[i]);
      double other = law.timeFromDraw(second[i]);
      t[i] = Math.max(one, other);
      if (i < diffusionCount) {
        r[i] = t[i];
      } else if (i >= firstConsistency) {
        r[i] = Math.min(t[i], transport.tMin());
      } else {
        r[i] = Math.min(one, other);
      }
    }
    return new Intervals(t, r, diffusionCount);
  }

  /** Number of diffusion samples that {@link #diffusionRatio} asks for. */
  public int diffusionCount(int batch) {
    return (int) Math.rint(diffusionRatio * batch);
  }

  /** Number of consistency samples that {@link #consistencyRatio} asks for. */
  public int consistencyCount(int batch) {
    return (int) Math.rint(consistencyRatio * batch);
  }
}
