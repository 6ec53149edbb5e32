package org.tim4j.arbiter.candidate;

import java.io.Serializable;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.training.RunSettings;
import org.tim4j.objective.training.TrainingConfig;

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
  /** Returns the candidate of these settings; the number of steps is that of the budget. */
  public static TransitionCandidate of(
      TimNetworkConfig network, TrainingConfig training, Budget budget) {
    Require.present("the budget", budget);
    RunSettings settings =
        new RunSettings(network, training.toBuilder().steps(steps(budget)).build());
    return new TransitionCandidate(settings.toJson().toString(), budget, null);
  }

  /** Returns the candidate that stands for settings which do not fit each other. */
  public static TransitionCandidate impossible(String reason) {
    return new TransitionCandidate(null, null, Require.present("the reason", reason));
  }

  private static int steps(Budget budget) {
    return budget.unit() == Budget.Unit.STEPS ? (int) budget.amount() : Integer.MAX_VALUE;
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
    return settings().network();
  }

  /**
   * Returns the training's settings.
   *
   * @throws InvalidInputException if the settings are impossible
   */
  public TrainingConfig training() {
    return settings().training();
  }

  /**
   * Returns the settings.
   *
   * @throws InvalidInputException if they are impossible
   */
  public RunSettings settings() {
    if (!isPossible()) {
      throw new InvalidInputException(refusal);
    }
    return RunSettings.parse("the candidate's settings", configuration);
  }
}
