package org.tim4j.cli.bench;

import org.tim4j.layers.Condition;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;

/**
 * Floating-point operations of the matrix products of a network on images, a multiplication and an
 * addition counting two; everything else is left out, as is usual.
 *
 * @param config a network on images without a caption
 * @param height rows of pixels
 * @param width columns of pixels
 */
public record FlopCount(TimNetworkConfig config, int height, int width) {
  private static final long SINUSOID = 256;

  /** A gradient takes two products for each product of the forward pass. */
  private static final int FORWARD_AND_BACKWARD = 3;

  /**
   * @throws InvalidInputException if the network takes captions
   */
  public FlopCount {
    if (config.condition() instanceof Condition.Caption) {
      throw new InvalidInputException(
          "operations are counted for networks without captions only; count another network");
    }
  }

  /** Operations of one prediction for one image, the alignment head left out. */
  public long forward() {
    long hidden = config.hidden();
    long patch = (long) config.patch() * config.patch() * config.channels();
    long tokens = (long) (height / config.patch()) * (width / config.patch());
    long embeddings = embeddedTimes() * (SINUSOID * hidden + hidden * hidden);
    long output = hidden * 2 * (hidden / 2) + (hidden / 2) * 2 * hidden;
    return 2 * (2 * tokens * patch * hidden + embeddings + output + config.depth() * block(tokens));
  }

  /** φ(t), ψ of the interval and, if the interval embedding has it, φ(r). */
  private long embeddedTimes() {
    return config.intervalCondition().addsEnd() ? 3 : 2;
  }

  private long block(long tokens) {
    long hidden = config.hidden();
    long rank = config.modulationRank();
    long modulation = hidden * 2 * rank + rank * 6 * hidden;
    long interval = config.distanceAware() ? hidden * 3 * hidden : 0;
    long attention = tokens * 4 * hidden * hidden + 2 * tokens * tokens * hidden;
    long mlp = tokens * 3 * hidden * config.mlpHidden();
    return modulation + interval + attention + mlp;
  }

  /**
   * Operations of one training step: prediction and gradient for all images, and the value of two
   * predictions (finite difference) or of a prediction and its tangent (forward mode) for those
   * that are not diffusion samples.
   *
   * @param batch images of the step
   * @param diffusion images with an interval of length 0
   */
  public long trainingStep(int batch, int diffusion) {
    return forward() * (FORWARD_AND_BACKWARD * (long) batch + 2L * (batch - diffusion));
  }
}
