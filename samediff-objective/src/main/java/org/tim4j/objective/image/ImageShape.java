package org.tim4j.objective.image;

import org.tim4j.layers.base.Require;

/**
 * Size of an image.
 *
 * @param channels 1 for grey, 3 for colour
 * @param height rows of pixels
 * @param width columns of pixels
 */
public record ImageShape(int channels, int height, int width) {
  public ImageShape {
    Require.atLeast("channels of an image", channels, 1);
    Require.atLeast("height of an image", height, 1);
    Require.atLeast("width of an image", width, 1);
  }

  /** Number of values in one image. */
  public int pixels() {
    return Math.multiplyExact(channels, Math.multiplyExact(height, width));
  }

  /** Shape of a batch of such images, {@code [count, channels, height, width]}. */
  public long[] batch(int count) {
    return new long[] {count, channels, height, width};
  }

  @Override
  public String toString() {
    return height
        + "x"
        + width
        + " pixels, "
        + channels
        + (channels == 1 ? " channel" : " channels");
  }
}
