package org.tim4j.arbiter.sweep;

import org.deeplearning4j.arbiter.optimize.api.termination.TerminationCondition;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;

/**
 * Ends a search when its generator has no more candidates and all have ended. Without it Arbiter's
 * runner waits for ever, for a grid that is smaller than the number of candidates asked for.
 */
public final class ExhaustedCondition implements TerminationCondition {
  /** Makes the condition. */
  public ExhaustedCondition() {}

  @Override
  public void initialize(IOptimizationRunner runner) {}

  @Override
  public boolean terminate(IOptimizationRunner runner) {
    return runner.numCandidatesQueued() == 0
        && !runner.getConfiguration().getCandidateGenerator().hasMoreCandidates();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExhaustedCondition;
  }

  @Override
  public int hashCode() {
    return ExhaustedCondition.class.hashCode();
  }

  @Override
  public String toString() {
    return "no more candidates";
  }
}
