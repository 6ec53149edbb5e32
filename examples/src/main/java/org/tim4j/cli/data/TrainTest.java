package org.tim4j.cli.data;

/**
 * A data set in two parts.
 *
 * @param train pictures to train on
 * @param test pictures held out
 */
public record TrainTest(ImageSet train, ImageSet test) {
  /** Both parts, the training pictures first. */
  public ImageSet all() {
    return train.followedBy(test);
  }
}
