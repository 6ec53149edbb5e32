package org.tim4j.arbiter.task;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.TaskCreator;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultSaver;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.arbiter.candidate.CandidateRecord;
import org.tim4j.arbiter.candidate.Outcome;
import org.tim4j.arbiter.candidate.TrainedCandidate;
import org.tim4j.arbiter.candidate.TransitionCandidate;
import org.tim4j.layers.base.Require;

/**
 * Makes the tasks in which Arbiter's runner trains and scores {@link TransitionCandidate}s on a
 * {@link TransitionDataSource}. A candidate that its log knows is not trained again; one that fails
 * is recorded and the search goes on. Tasks of one creator run one after the other, however many
 * threads the runner has, because each uses all processors. Unlike Arbiter's own they do not sleep.
 */
public final class TransitionTaskCreator implements TaskCreator {
  private final TaskOptions options;
  private final Map<List<Double>, TrainingRun> paused = new ConcurrentHashMap<>();

  /** For Arbiter's runner, which makes one without options by itself. */
  public TransitionTaskCreator() {
    this(TaskOptions.standard());
  }

  /**
   * @param options how candidates are run
   */
  public TransitionTaskCreator(TaskOptions options) {
    this.options = Require.present("options", options);
  }

  /**
   * Not supported: Arbiter's data providers are replaced by data sources.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  @Deprecated
  @SuppressWarnings("rawtypes") // as Arbiter declares it
  public Callable<OptimizationResult> create(
      Candidate candidate,
      DataProvider data,
      ScoreFunction score,
      List<StatusListener> listeners,
      IOptimizationRunner runner) {
    throw new UnsupportedOperationException(
        "a DataProvider was given; give the configuration a dataSource instead");
  }

  @Override
  @SuppressWarnings("rawtypes") // as Arbiter declares it
  public Callable<OptimizationResult> create(
      Candidate candidate,
      Class<? extends DataSource> data,
      Properties properties,
      ScoreFunction score,
      List<StatusListener> listeners,
      IOptimizationRunner runner) {
    Trainability.check(score, runner.getConfiguration().getResultSaver(), data);
    return () -> {
      Status status = new Status(candidate, listeners == null ? List.of() : listeners, runner);
      try {
        return run(candidate, data, properties, score, status);
      } finally {
        Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
      }
    };
  }

  /** One candidate at a time: each uses all processors, and its seconds are a budget. */
  private synchronized OptimizationResult run(
      Candidate<?> drawn,
      Class<? extends DataSource> data,
      Properties properties,
      ScoreFunction score,
      Status status) {
    TransitionCandidate candidate = (TransitionCandidate) drawn.getValue();
    List<Double> parameters = Arrays.stream(drawn.getFlatParameters()).boxed().toList();
    Optional<CandidateRecord> known =
        options.log().find(drawn.getIndex(), parameters, candidate.budget());
    if (known.isPresent()) {
      return status.ended(known.get(), null);
    }
    status.running();
    CandidateEvaluation evaluation =
        new CandidateEvaluation(
            drawn.getIndex(),
            parameters,
            candidate,
            options,
            model -> status.checked(model, score.score(model, data, properties)));
    CandidateRecord entry =
        evaluation.evaluate(
            () ->
                Optional.ofNullable(paused.remove(parameters))
                    .orElseGet(
                        () ->
                            TrainingRun.start(
                                candidate,
                                TransitionDataSource.create(data, properties).trainData())));
    if (entry.outcome() == Outcome.COMPLETE && status.mayContinue(candidate)) {
      paused.put(parameters, evaluation.run().orElseThrow());
    }
    options.log().append(entry);
    return status.ended(entry, evaluation.model().orElse(null));
  }

  /** What Arbiter is told about one candidate. */
  private record Status(
      Candidate<?> candidate, List<StatusListener> listeners, IOptimizationRunner runner) {
    void running() {
      CandidateInfo info = info(CandidateStatus.Running, null, null);
      listeners.forEach(listener -> listener.onCandidateStatusChange(info, runner, null));
    }

    /** Tells of a score in the course of training; listeners read it from the model. */
    double checked(TrainedCandidate model, double score) {
      model.network().graph().setScore(score);
      CandidateInfo info = info(CandidateStatus.Running, score, null);
      listeners.forEach(
          listener ->
              listener.onCandidateIteration(info, model.network().graph(), (int) model.steps()));
      return score;
    }

    OptimizationResult ended(CandidateRecord entry, TrainedCandidate model) {
      boolean failed = entry.outcome() == Outcome.FAILED;
      CandidateInfo info =
          info(
              failed ? CandidateStatus.Failed : CandidateStatus.Complete,
              entry.score(),
              entry.reason());
      OptimizationResult result =
          new OptimizationResult(candidate, entry.score(), candidate.getIndex(), null, info, null);
      if (model != null && !failed) {
        save(result, model);
      }
      listeners.forEach(listener -> listener.onCandidateStatusChange(info, runner, result));
      return result;
    }

    private void save(OptimizationResult result, TrainedCandidate model) {
      ResultSaver saver = runner.getConfiguration().getResultSaver();
      try {
        if (saver != null) {
          result.setResultReference(saver.saveModel(result, model));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("the model of a candidate cannot be saved", e);
      }
    }

    boolean mayContinue(TransitionCandidate trained) {
      return runner.getConfiguration().getCandidateGenerator() instanceof ContinuedSearch search
          && search.mayContinue(trained);
    }

    private CandidateInfo info(CandidateStatus status, Double score, String reason) {
      long now = System.currentTimeMillis();
      return new CandidateInfo(
          candidate.getIndex(),
          status,
          score,
          now,
          now,
          status == CandidateStatus.Running ? null : now,
          candidate.getFlatParameters(),
          reason);
    }
  }
}
