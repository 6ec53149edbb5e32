package org.tim4j.cli.data;

import org.tim4j.objective.image.ImageSet;

/**
 * A data set in two parts.
 *
 * @param train images to train on
 * @param test images held out
 */
public record TrainTest(ImageSet train, ImageSet test) {
  /** Both parts, the training images first. */
  public ImageSet all() {
    return train.followedBy(test);
  }
}
