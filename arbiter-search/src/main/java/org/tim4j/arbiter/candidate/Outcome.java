package org.tim4j.arbiter.candidate;

/** How the run of a candidate ended. */
public enum Outcome {
  /** Its budget was spent. */
  COMPLETE,
  /** It was given up as unpromising; its score is that of the last check. */
  STOPPED,
  /** It diverged, or its settings are impossible; it has no score. */
  FAILED
}
