package org.tim4j.examples.run;

import org.tim4j.examples.data.ImageShape;
import org.tim4j.layers.Condition;
import org.tim4j.layers.InvalidInputException;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.TimRuntime;
import org.tim4j.objective.training.AdamWSettings;
import org.tim4j.objective.training.AverageDecay;
import org.tim4j.objective.training.TrainingConfig;

/**
 * What makes a run, apart from its data.
 *
 * @param network the network
 * @param training the training
 */
public record RunSettings(TimNetworkConfig network, TrainingConfig training) {
  private static final int SMALL_PICTURE = 16;

  /**
   * The settings for class-conditional pictures that hold unless the user says otherwise: the
   * published objective with a learning rate and a moving average for short runs. Pictures of up to
   * 16×16 pixels get a network of width 128 and depth 4, larger ones of width 192 and depth 6.
   *
   * @param classes number of classes
   */
  public static RunSettings forPictures(ImageShape shape, int classes) {
    boolean small = Math.max(shape.height(), shape.width()) <= SMALL_PICTURE;
    TimNetworkConfig network =
        TimNetworkConfig.builder()
            .channels(shape.channels())
            .patch(small ? 2 : 4)
            .hidden(small ? 128 : 192)
            .depth(small ? 4 : 6)
            .heads(small ? 4 : 6)
            .modulationRank(small ? 42 : 64)
            .condition(new Condition.Classes(classes, true))
            .runtime(TimRuntime.FUSED)
            .build();
    TrainingConfig training =
        TrainingConfig.builder()
            .steps(2000)
            .batchSize(small ? 128 : 64)
            .optimizer(AdamWSettings.published().withLearningRate(1e-3))
            .average(new AverageDecay(0.999, AverageDecay.WarmUp.RATIONAL))
            .build();
    return new RunSettings(network, training);
  }

  /**
   * Checks that the network can take pictures of a size.
   *
   * @throws InvalidInputException if it cannot
   */
  public void requireFits(ImageShape shape) {
    int patch = network.patch();
    if (shape.height() % patch != 0 || shape.width() % patch != 0) {
      throw new InvalidInputException(
          "pictures of "
              + shape.height()
              + "x"
              + shape.width()
              + " pixels cannot be cut into patches of "
              + patch
              + "; set a patch that divides both sizes, for example --set patch=1");
    }
    if (shape.channels() != network.channels()) {
      throw new InvalidInputException(
          "the pictures have "
              + shape.channels()
              + " channel(s) and the network "
              + network.channels()
              + "; both must have the same number");
    }
  }
}
