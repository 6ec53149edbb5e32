package org.tim4j.arbiter.sweep;

import java.util.List;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultSaver;
import org.tim4j.arbiter.candidate.TrainedCandidate;
import org.tim4j.arbiter.candidate.TransitionCandidate;

/**
 * Keeps no model: the best configuration is enough to train it again. Stands where no other saver
 * is, for Arbiter's user interface fails without one.
 */
public final class ScoresOnly implements ResultSaver {
  /** Makes the saver. */
  public ScoresOnly() {}

  /** Returns null: nothing was saved. */
  @Override
  public ResultReference saveModel(OptimizationResult result, Object model) {
    return null;
  }

  @Override
  public List<Class<?>> getSupportedCandidateTypes() {
    return List.of(TransitionCandidate.class);
  }

  @Override
  public List<Class<?>> getSupportedModelTypes() {
    return List.of(TrainedCandidate.class);
  }

  @Override
  public String toString() {
    return "no models";
  }
}
