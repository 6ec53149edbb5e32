package org.tim4j.arbiter.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tim4j.arbiter.candidate.Budget;
import org.tim4j.arbiter.candidate.CandidateRecord;

/** The records of a sweep in the order in which candidates ended. Safe for several threads. */
public class RunLog {
  private final List<CandidateRecord> records = new ArrayList<>();

  /** Starts a log in memory. */
  public RunLog() {}

  /** Adds the record of a candidate that has ended. */
  public synchronized void append(CandidateRecord entry) {
    records.add(entry);
  }

  /** Returns the record of a candidate, if it has ended. */
  public synchronized Optional<CandidateRecord> find(
      int index, List<Double> parameters, Budget budget) {
    return records.stream().filter(r -> r.isOf(index, parameters, budget)).findFirst();
  }

  /** Returns all records so far. */
  public synchronized List<CandidateRecord> records() {
    return List.copyOf(records);
  }
}
