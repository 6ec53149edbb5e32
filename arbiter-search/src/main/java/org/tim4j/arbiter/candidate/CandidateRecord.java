package org.tim4j.arbiter.candidate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What became of one candidate.
 *
 * @param index number of the candidate in its sweep, counted from 0
 * @param parameters its point of the search space, each number in [0, 1]
 * @param budget what its training might cost; null if its settings are impossible
 * @param outcome how it ended
 * @param score its score; null if it failed
 * @param curve scores in the course of training, the last one included
 * @param steps training steps made for this record
 * @param seconds seconds of training for this record
 * @param reason why it failed or was stopped; null if it is complete
 * @param configuration its settings as JSON; null if they are impossible
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CandidateRecord(
    int index,
    List<Double> parameters,
    Budget budget,
    Outcome outcome,
    Double score,
    List<CurvePoint> curve,
    long steps,
    double seconds,
    String reason,
    JsonNode configuration) {
  public CandidateRecord {
    parameters = List.copyOf(parameters);
    curve = List.copyOf(curve);
  }

  /** Returns the candidate that this is the record of. */
  public TransitionCandidate candidate() {
    return configuration == null
        ? TransitionCandidate.impossible(reason)
        : new TransitionCandidate(configuration.toString(), budget, null);
  }

  /** Whether this is the record of a candidate at a point, under a budget. */
  public boolean isOf(int otherIndex, List<Double> otherParameters, Budget otherBudget) {
    return index == otherIndex
        && parameters.equals(otherParameters)
        && (budget == null ? otherBudget == null : budget.equals(otherBudget));
  }
}
