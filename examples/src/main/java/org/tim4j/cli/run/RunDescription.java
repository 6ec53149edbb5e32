package org.tim4j.cli.run;

import java.util.List;
import org.tim4j.cli.data.ImageSet;
import org.tim4j.cli.data.ImageShape;
import org.tim4j.cli.data.TrainTest;
import org.tim4j.layers.base.InvalidInputException;

/**
 * What a model was trained on, which its configuration does not know.
 *
 * @param data name of the data set, as given on the command line
 * @param shape size of the images
 * @param classNames names of the classes
 */
public record RunDescription(String data, ImageShape shape, List<String> classNames) {
  public RunDescription {
    classNames = List.copyOf(classNames);
  }

  /** The description of a run on the given images. */
  public static RunDescription of(String data, ImageSet images) {
    return new RunDescription(data, images.shape(), images.classNames());
  }

  /**
   * Checks that samples of this run can be compared with the given images.
   *
   * @throws InvalidInputException if size or number of classes differ
   */
  public void requireComparable(TrainTest real) {
    if (!real.train().shape().equals(shape)
        || real.train().classNames().size() != classNames.size()) {
      throw new InvalidInputException(
          "the model samples "
              + shape
              + " in "
              + classNames.size()
              + " classes, the real pictures have "
              + real.train().shape()
              + " in "
              + real.train().classNames().size()
              + " classes; give the --data it was trained on");
    }
  }
}
