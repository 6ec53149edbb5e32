package org.tim4j.objective.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tim4j.layers.Condition;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.json.StrictJson;
import org.tim4j.objective.image.ImageShape;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.TimeLaw;

/**
 * What makes a run, apart from its data.
 *
 * @param network the network
 * @param training the training
 */
public record RunSettings(TimNetworkConfig network, TrainingConfig training) {
  private static final StrictJson JSON = new StrictJson();
  private static final String NETWORK = "network";
  private static final String TRAINING = "training";
  private static final int SMALL_IMAGE = 16;
  private static final double CLASS_DEVIATION = 1;

  public RunSettings {
    Require.present(NETWORK, network);
    Require.present(TRAINING, training);
  }

  /**
   * The settings for class-conditional images that hold unless the user says otherwise: the
   * published objective with a learning rate, a moving average and times for short runs. Images of
   * up to 16×16 pixels get a network of width 128 and depth 4, larger ones of width 192 and depth
   * 6.
   *
   * <p>The times are drawn from a wider distribution than the published one, with more of them near
   * the data: a short run meets so few times below 0.1 otherwise that samples in many steps, which
   * end there, come out worse than those in four. Classes start far apart: with the published first
   * values, which are nearly equal, a short run spends its first steps on telling them apart.
   *
   * @param classes number of classes
   */
  public static RunSettings forImages(ImageShape shape, int classes) {
    boolean small = Math.max(shape.height(), shape.width()) <= SMALL_IMAGE;
    TimNetworkConfig network =
        TimNetworkConfig.builder()
            .channels(shape.channels())
            .patch(small ? 2 : 4)
            .hidden(small ? 128 : 192)
            .depth(small ? 4 : 6)
            .heads(small ? 4 : 6)
            .modulationRank(small ? 42 : 64)
            .condition(new Condition.Classes(classes, true, CLASS_DEVIATION))
            .runtime(TimRuntime.FUSED)
            .build();
    TrainingConfig training =
        TrainingConfig.builder()
            .steps(2000)
            .batchSize(small ? 128 : 64)
            .transport(new OtFlowMatching(new TimeLaw.LogitNormal(-0.7, 1.3), 1))
            .optimizer(AdamWSettings.published().withLearningRate(1e-3))
            .average(new AverageDecay(0.999, AverageDecay.WarmUp.RATIONAL))
            .build();
    return new RunSettings(network, training);
  }

  /**
   * Reads the settings in a file, the {@code best.json} of a sweep for example.
   *
   * @throws InvalidInputException if the file cannot be read or holds anything else
   */
  public static RunSettings read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new InvalidInputException("cannot read the settings in " + file + ": " + e, e);
    }
  }

  /**
   * Reads settings from text.
   *
   * @param what what is read, for messages
   * @throws InvalidInputException if it holds anything else
   */
  public static RunSettings parse(String what, String text) {
    JsonNode json = JSON.parse(what, text);
    if (!json.isObject() || json.size() != 2 || !json.has(NETWORK) || !json.has(TRAINING)) {
      throw new InvalidInputException(
          what
              + " holds no settings of a run; give a JSON object of 'network' and 'training', such"
              + " as the best.json of tim sweep");
    }
    return of(json);
  }

  /** Returns the settings in a JSON object with the properties of {@link #toJson}. */
  static RunSettings of(JsonNode json) {
    return new RunSettings(
        TimNetworkConfig.fromJson(json.path(NETWORK).toString()),
        new TrainingJson().read(json.path(TRAINING)));
  }

  /** Returns a JSON object with the properties {@code network} and {@code training}. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set(NETWORK, JSON.parse("the network's settings", network.toJson()));
    json.set(TRAINING, new TrainingJson().write(training));
    return json;
  }

  /**
   * Returns these settings with some of them replaced, see {@link Overrides}.
   *
   * @param assignments each {@code NAME=VALUE}
   * @throws InvalidInputException if a name is unknown, ambiguous or given twice, or a value does
   *     not fit
   */
  public RunSettings with(List<String> assignments) {
    return assignments.isEmpty() ? this : new Overrides(this).apply(assignments);
  }

  /**
   * Checks that the network can take images of so many classes.
   *
   * @throws InvalidInputException if it cannot
   */
  public void requireFits(ImageShape shape, int classes) {
    requireFits(shape);
    if (!(network.condition() instanceof Condition.Classes known) || known.count() != classes) {
      throw new InvalidInputException(
          "the pictures have "
              + classes
              + " classes and the network's condition is "
              + network.condition()
              + "; give settings that were made for pictures of as many classes");
    }
  }

  /**
   * Checks that the network can take images of a size.
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
