package org.tim4j.arbiter.task;

import org.tim4j.arbiter.journal.RunLog;
import org.tim4j.layers.base.Require;

/**
 * How candidates are run.
 *
 * @param log where the ends of candidates are recorded; a candidate that it knows is not run again
 * @param stopping which candidates are given up
 * @param checks scores of a candidate, evenly spread over its budget, the last one at its end; at
 *     least 1
 */
public record TaskOptions(RunLog log, StoppingRule stopping, int checks) {
  public TaskOptions {
    Require.present("log", log);
    Require.present("stopping", stopping);
    Require.atLeast("checks", checks, 1);
  }

  /** A log in memory, no stopping, one score at the end. */
  public static TaskOptions standard() {
    return new TaskOptions(new RunLog(), new StoppingRule.Never(), 1);
  }
}
