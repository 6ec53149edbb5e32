package org.tim4j.objective.loss;

import java.util.Arrays;
import org.tim4j.layers.base.InvalidInputException;

/** The cosine part of the distance between prediction and target. */
public enum DirectionalPart {
  /** No cosine part: the squared error alone. */
  NONE {
    @Override
    double addGradient(Sample sample, double[] f, double[] g, double[] gradient) {
      return 0;
    }
  },
  /**
   * Cosine over the channels of each pixel, averaged over the pixels of {@code [batch, channels,
   * height, width]}. With one channel its gradient is zero everywhere.
   */
  CHANNELS {
    @Override
    double addGradient(Sample sample, double[] f, double[] g, double[] gradient) {
      if (sample.shape().length != 4) {
        throw new InvalidInputException(
            "the cosine over channels needs [batch, channels, height, width], but the prediction has"
                + " shape "
                + Arrays.toString(sample.shape())
                + "; choose FLATTENED");
      }
      int channels = (int) sample.shape()[1];
      int pixels = sample.length() / channels;
      double sum = 0;
      for (int p = 0; p < pixels; p++) {
        sum +=
            new CosineDistance(sample.offset() + p, pixels, channels)
                .addGradient(f, g, 1.0 / pixels, gradient);
      }
      return sum / pixels;
    }
  },
  /** Cosine over everything in a sample. */
  FLATTENED {
    @Override
    double addGradient(Sample sample, double[] f, double[] g, double[] gradient) {
      return new CosineDistance(sample.offset(), 1, sample.length()).addGradient(f, g, 1, gradient);
    }
  };

  /**
   * Returns the cosine part for images of so many channels: over the channels, or over the whole
   * image where a single channel would make the former inert.
   */
  public static DirectionalPart forChannels(int channels) {
    return channels == 1 ? FLATTENED : CHANNELS;
  }

  /** One sample of a batch of shape {@code shape}, at {@code offset} of its row-major values. */
  record Sample(long[] shape, int offset, int length) {}

  /** Returns the distance of one sample and adds its gradient with respect to {@code f}. */
  abstract double addGradient(Sample sample, double[] f, double[] g, double[] gradient);
}
