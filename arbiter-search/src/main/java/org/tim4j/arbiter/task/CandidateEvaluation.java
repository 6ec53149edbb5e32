package org.tim4j.arbiter.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.tim4j.arbiter.candidate.Budget;
import org.tim4j.arbiter.candidate.CandidateRecord;
import org.tim4j.arbiter.candidate.CurvePoint;
import org.tim4j.arbiter.candidate.Outcome;
import org.tim4j.arbiter.candidate.TrainedCandidate;
import org.tim4j.arbiter.candidate.TransitionCandidate;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimException;

/** Trains and scores one candidate, once. */
final class CandidateEvaluation {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int index;
  private final List<Double> parameters;
  private final TransitionCandidate candidate;
  private final TaskOptions options;
  private final ToDoubleFunction<TrainedCandidate> score;
  private final List<CurvePoint> curve = new ArrayList<>();
  private TrainingRun run;
  private long stepsBefore;
  private double secondsBefore;
  private TrainedCandidate model;

  /**
   * @param index number of the candidate in its sweep
   * @param parameters its point of the search space
   * @param score what the score function gives for a model, lower is better
   */
  CandidateEvaluation(
      int index,
      List<Double> parameters,
      TransitionCandidate candidate,
      TaskOptions options,
      ToDoubleFunction<TrainedCandidate> score) {
    this.index = index;
    this.parameters = parameters;
    this.candidate = candidate;
    this.options = options;
    this.score = score;
  }

  /**
   * Trains and scores. A candidate that cannot exist, diverges or has no score gives a record of
   * its failure, no exception; so does one on which a user's data or score throws, for Arbiter's
   * runner would forget it.
   *
   * @param start makes the run, or gives one that was paused
   */
  CandidateRecord evaluate(Supplier<TrainingRun> start) {
    if (!candidate.isPossible()) {
      return ended(Outcome.FAILED, candidate.refusal());
    }
    try {
      run = start.get();
      stepsBefore = run.steps();
      secondsBefore = run.seconds();
      return trainAndScore();
    } catch (TimException e) {
      return ended(Outcome.FAILED, e.getMessage());
    } catch (RuntimeException e) {
      return ended(Outcome.FAILED, "unexpected error: " + e);
    }
  }

  private CandidateRecord trainAndScore() {
    for (int check = 1; check < options.checks(); check++) {
      Budget part = candidate.budget().part((double) check / options.checks());
      if (run.isSpent(part)) {
        continue;
      }
      advance(part);
      if (options.stopping().stops(List.copyOf(curve), otherCurves())) {
        return ended(
            Outcome.STOPPED, "stopped as unpromising after " + run.steps() + " training steps");
      }
    }
    advance(candidate.budget());
    return ended(Outcome.COMPLETE, null);
  }

  private void advance(Budget budget) {
    run.advance(budget);
    model = run.model();
    double value = score.applyAsDouble(model);
    if (!Double.isFinite(value)) {
      throw new InvalidInputException(
          "the score after " + run.steps() + " training steps is " + value);
    }
    curve.add(new CurvePoint(run.steps(), run.seconds(), value));
  }

  private List<List<CurvePoint>> otherCurves() {
    return options.log().records().stream()
        .filter(r -> r.outcome() != Outcome.FAILED && r.budget().equals(candidate.budget()))
        .map(CandidateRecord::curve)
        .toList();
  }

  private CandidateRecord ended(Outcome outcome, String reason) {
    return new CandidateRecord(
        index,
        parameters,
        candidate.budget(),
        outcome,
        outcome == Outcome.FAILED ? null : curve.get(curve.size() - 1).score(),
        curve,
        run == null ? 0 : run.steps() - stepsBefore,
        run == null ? 0 : run.seconds() - secondsBefore,
        reason,
        configuration());
  }

  private JsonNode configuration() {
    try {
      return candidate.isPossible() ? JSON.readTree(candidate.configuration()) : null;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a candidate holds settings that are no JSON", e);
    }
  }

  /** The run, if it was begun and did not fail. */
  Optional<TrainingRun> run() {
    return Optional.ofNullable(run);
  }

  /** The model that was scored last, if any was. */
  Optional<TrainedCandidate> model() {
    return Optional.ofNullable(model);
  }
}
