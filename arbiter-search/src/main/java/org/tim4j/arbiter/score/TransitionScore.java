package org.tim4j.arbiter.score;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.tim4j.arbiter.candidate.TrainedCandidate;
import org.tim4j.arbiter.task.TransitionDataSource;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.TrainingData;

/** A score of transition networks on held-out examples; lower is better. */
public abstract class TransitionScore implements ScoreFunction {
  /**
   * Scores a trained candidate.
   *
   * @param heldOut examples that were not trained on, not changed
   */
  public abstract double score(TrainedCandidate model, Examples heldOut);

  /**
   * Scores a trained candidate; by its source's held-out examples unless a score needs more of the
   * source.
   *
   * @param source what the candidate was trained on
   */
  public double score(TrainedCandidate model, TransitionDataSource source) {
    return score(model, source.testData());
  }

  @Override
  public final double score(
      Object model, Class<? extends DataSource> data, Properties dataProperties) {
    return score((TrainedCandidate) model, TransitionDataSource.create(data, dataProperties));
  }

  /**
   * Not supported: Arbiter's data providers are replaced by data sources.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  @Deprecated
  public final double score(Object model, DataProvider data, Map<String, Object> parameters) {
    throw new UnsupportedOperationException(
        "a DataProvider was given; give the configuration a dataSource instead");
  }

  @Override
  public final boolean minimize() {
    return true;
  }

  @Override
  public final List<Class<?>> getSupportedModelTypes() {
    return List.of(TrainedCandidate.class);
  }

  @Override
  public final List<Class<?>> getSupportedDataTypes() {
    return List.of(TrainingData.class);
  }
}
