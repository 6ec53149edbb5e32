package org.tim4j.arbiter.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tim4j.arbiter.candidate.CandidateRecord;
import org.tim4j.arbiter.candidate.Outcome;

/**
 * What a sweep found.
 *
 * @param records every candidate, in the order in which they ended
 */
public record SweepResult(List<CandidateRecord> records) {
  public SweepResult {
    records = List.copyOf(records);
  }

  /** Returns all candidates, the best first, given-up ones by their last score, failures last. */
  public List<CandidateRecord> ranked() {
    return records.stream()
        .sorted(
            Comparator.comparing(
                    CandidateRecord::score, Comparator.nullsLast(Comparator.<Double>naturalOrder()))
                .thenComparing(CandidateRecord::index))
        .toList();
  }

  /** Returns the candidate with the lowest score among those that spent their budget. */
  public Optional<CandidateRecord> best() {
    return complete().stream().findFirst();
  }

  /**
   * Returns the candidate in the middle of those that spent their budget, the better of two: what a
   * choice without a search would give.
   */
  public Optional<CandidateRecord> median() {
    List<CandidateRecord> complete = complete();
    return complete.stream().skip(Math.max(0, (complete.size() - 1) / 2)).findFirst();
  }

  /** Returns the median score of the candidates that spent their budget. */
  public OptionalDouble medianScore() {
    List<CandidateRecord> complete = complete();
    int size = complete.size();
    return size == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            (complete.get((size - 1) / 2).score() + complete.get(size / 2).score()) / 2);
  }

  private List<CandidateRecord> complete() {
    return ranked().stream().filter(r -> r.outcome() == Outcome.COMPLETE).toList();
  }

  /**
   * Returns the settings of the best candidate as a JSON object with the properties {@code network}
   * and {@code training}, the number of steps being that which it was trained for.
   */
  public Optional<JsonNode> bestConfiguration() {
    return best()
        .map(
            candidate -> {
              ObjectNode settings = candidate.configuration().deepCopy();
              long steps = candidate.curve().get(candidate.curve().size() - 1).steps();
              settings.withObject("/training").put("steps", steps);
              return settings;
            });
  }

  /** Returns the training steps made in all. */
  public long steps() {
    return records.stream().mapToLong(CandidateRecord::steps).sum();
  }
}
