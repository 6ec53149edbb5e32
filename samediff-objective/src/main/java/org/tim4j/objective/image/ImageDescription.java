package org.tim4j.objective.image;

import java.util.List;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;

/**
 * What the images are that a model is trained on, which its network does not know.
 *
 * @param data name of the data set, for people
 * @param shape size of the images
 * @param classNames names of the classes
 */
public record ImageDescription(String data, ImageShape shape, List<String> classNames) {
  public ImageDescription {
    Require.present("the name of the data", data);
    Require.present("the shape of the pictures", shape);
    classNames = List.copyOf(Require.present("the names of the classes", classNames));
  }

  /** The description of a set of images. */
  public static ImageDescription of(String data, ImageSet images) {
    return new ImageDescription(data, images.shape(), images.classNames());
  }

  /**
   * Checks that samples of a model of these images can be compared with real ones.
   *
   * @throws InvalidInputException if size or number of classes differ
   */
  public void requireComparable(ImageSet real) {
    if (!real.shape().equals(shape) || real.classNames().size() != classNames.size()) {
      throw new InvalidInputException(
          "the model samples "
              + shape
              + " in "
              + classNames.size()
              + " classes, the real pictures have "
              + real.shape()
              + " in "
              + real.classNames().size()
              + " classes; give the --data it was trained on");
    }
  }
}
