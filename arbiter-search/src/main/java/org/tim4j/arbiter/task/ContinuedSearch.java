package org.tim4j.arbiter.task;

import org.tim4j.arbiter.candidate.TransitionCandidate;

/** A search that trains some of its candidates further when it has seen their scores. */
public interface ContinuedSearch {
  /** Whether training of a candidate may go on under a larger budget, so that its run is kept. */
  boolean mayContinue(TransitionCandidate candidate);
}
