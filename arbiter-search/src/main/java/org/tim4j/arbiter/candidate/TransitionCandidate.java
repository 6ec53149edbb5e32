package org.tim4j.arbiter.candidate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TrainingJson;

/**
 * Settings of one training run, as text: Arbiter serialises candidates, and journals keep them.
 *
 * <p>A combination of settings that cannot exist is a candidate too, one that only holds the
 * reason. Arbiter neither counts nor bounds candidates whose space throws, and would draw them for
 * ever.
 *
 * @param configuration JSON object with the properties {@code network} and {@code training}, or
 *     null if the settings are impossible
 * @param budget what training may cost, or null if the settings are impossible
 * @param refusal why the settings are impossible, or null if they are not
 */
public record TransitionCandidate(String configuration, Budget budget, String refusal)
    implements Serializable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NETWORK = "network";
  private static final String TRAINING = "training";

  /** Returns the candidate of these settings; the number of steps is that of the budget. */
  public static TransitionCandidate of(
      TimNetworkConfig network, TrainingConfig training, Budget budget) {
    Require.present("the budget", budget);
    ObjectNode settings = JSON.createObjectNode();
    settings.set(NETWORK, tree(network.toJson()));
    settings.set(
        TRAINING, new TrainingJson().write(training.toBuilder().steps(steps(budget)).build()));
    return new TransitionCandidate(settings.toString(), budget, null);
  }

  /** Returns the candidate that stands for settings which do not fit each other. */
  public static TransitionCandidate impossible(String reason) {
    return new TransitionCandidate(null, null, Require.present("the reason", reason));
  }

  private static int steps(Budget budget) {
    return budget.unit() == Budget.Unit.STEPS ? (int) budget.amount() : Integer.MAX_VALUE;
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          "the candidate's settings are no JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Whether the settings fit each other. */
  public boolean isPossible() {
    return refusal == null;
  }

  /** Returns the same settings under another budget. */
  public TransitionCandidate withBudget(Budget other) {
    return isPossible() ? of(network(), training(), other) : this;
  }

  /**
   * Returns the network's settings.
   *
   * @throws InvalidInputException if the settings are impossible
   */
  public TimNetworkConfig network() {
    return TimNetworkConfig.fromJson(settings().path(NETWORK).toString());
  }

  /**
   * Returns the training's settings.
   *
   * @throws InvalidInputException if the settings are impossible
   */
  public TrainingConfig training() {
    return new TrainingJson().read(settings().path(TRAINING));
  }

  private JsonNode settings() {
    if (!isPossible()) {
      throw new InvalidInputException(refusal);
    }
    return tree(configuration);
  }
}
