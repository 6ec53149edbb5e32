package org.tim4j.arbiter.space;

import java.util.Map;
import org.tim4j.objective.interval.Weighting;
import org.tim4j.objective.register.ObjectiveTypes;
import org.tim4j.objective.transport.PathCoefficients;
import org.tim4j.objective.transport.PredictionCoefficients;
import org.tim4j.objective.transport.TimeLaw;
import org.tim4j.objective.transport.Transport;

/** Types that do not belong to the library, named by a service. */
public final class OwnTypes implements ObjectiveTypes {
  /** Straight lines, as a user would write them. */
  public record Line(TimeLaw timeLaw, double sigmaData) implements Transport {
    @Override
    public PathCoefficients path(double t) {
      return new PathCoefficients(1 - t, t, -1, 1);
    }

    @Override
    public PredictionCoefficients prediction(double t) {
      return new PredictionCoefficients(-1, 1, 0, 0);
    }

    @Override
    public double cNoise(double t) {
      return t;
    }

    @Override
    public double dCNoise(double t) {
      return 1;
    }

    @Override
    public double tMin() {
      return 0;
    }

    @Override
    public double tMax() {
      return 1;
    }
  }

  /** Weights that fall in a straight line. */
  public record Falling(double slope) implements Weighting {
    @Override
    public double weight(double t, double r, double sigmaData) {
      return 1 - slope * (t - r);
    }
  }

  @Override
  public Map<String, Transport> transports() {
    return Map.of("LINE", new Line(new TimeLaw.Uniform(0, 1), 1));
  }

  @Override
  public Map<String, Class<? extends Weighting>> weightings() {
    return Map.of("FALLING", Falling.class);
  }
}
