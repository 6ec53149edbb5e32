package org.tim4j.objective.metric;

import org.tim4j.layers.base.TimException;

/** A figure that cannot be computed from features that are otherwise valid. */
public final class MetricException extends TimException {
  MetricException(String problem) {
    super(problem);
  }
}
