package org.tim4j.arbiter.task;

import java.util.List;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultSaver;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.tim4j.arbiter.candidate.TrainedCandidate;
import org.tim4j.layers.base.InvalidInputException;

/** Refuses, before anything is trained, what could not be done with a trained candidate. */
public final class Trainability {
  private Trainability() {}

  /**
   * Checks what a runner was given.
   *
   * @param score scores candidates
   * @param saver keeps their models; null for none
   * @param data what they are trained and scored on
   * @throws InvalidInputException if one of them is for Deeplearning4j's networks
   */
  public static void check(
      ScoreFunction score, ResultSaver saver, Class<? extends DataSource> data) {
    requireSupport("score function", score, score.getSupportedModelTypes(), "a TransitionScore");
    if (saver != null) {
      requireSupport(
          "result saver", saver, saver.getSupportedModelTypes(), "an InMemoryResultSaver or none");
    }
    if (data == null || !TransitionDataSource.class.isAssignableFrom(data)) {
      throw new InvalidInputException(
          "the data source is "
              + (data == null ? "missing" : data.getName())
              + "; give a class that extends TransitionDataSource");
    }
  }

  private static void requireSupport(
      String what, Object given, List<Class<?>> supported, String instead) {
    if (supported.stream().noneMatch(type -> type.isAssignableFrom(TrainedCandidate.class))) {
      throw new InvalidInputException(
          "the search cannot run: its "
              + what
              + " "
              + given.getClass().getSimpleName()
              + " is for "
              + supported.stream().map(Class::getSimpleName).toList()
              + " and candidates are TrainedCandidates; give "
              + instead);
    }
  }
}
