package org.tim4j.objective.register;

import java.util.Map;
import org.tim4j.objective.interval.Weighting;
import org.tim4j.objective.transport.TimeLaw;
import org.tim4j.objective.transport.Transport;

/**
 * Names the types of a user's own that settings may hold. Checkpoints, {@code tim --config} and
 * {@code --set}, searches, and the workers of Spark find it as a {@link java.util.ServiceLoader
 * service}: put the name of a public class that implements this, and has a public constructor
 * without arguments, into a file {@code
 * META-INF/services/org.tim4j.objective.register.ObjectiveTypes} on the class path.
 *
 * <p>The types are records, or otherwise classes that Jackson reads as it wrote them and that are
 * equal to what was written. A name is kept in every file that holds the type: do not change it.
 */
public interface ObjectiveTypes {
  /** Transports by name, each with its default settings. */
  default Map<String, Transport> transports() {
    return Map.of();
  }

  /** Distributions of training times by name. */
  default Map<String, Class<? extends TimeLaw>> timeDistributions() {
    return Map.of();
  }

  /** Interval weightings by name. */
  default Map<String, Class<? extends Weighting>> weightings() {
    return Map.of();
  }
}
