package org.tim4j.arbiter.task;

import java.util.List;
import org.tim4j.arbiter.candidate.CurvePoint;
import org.tim4j.layers.base.Require;

/**
 * Gives a candidate up whose best score so far is worse than the median of the other candidates'
 * mean scores up to the same check (Golovin et al., "Google Vizier: a service for black-box
 * optimization", 2017, section 3.2).
 *
 * @param minimumOthers candidates that must have come as far before one is given up; at least 1
 */
public record MedianStopping(int minimumOthers) implements StoppingRule {
  public MedianStopping {
    Require.atLeast("minimumOthers", minimumOthers, 1);
  }

  @Override
  public boolean stops(List<CurvePoint> curve, List<List<CurvePoint>> others) {
    int checks = curve.size();
    double[] means =
        others.stream()
            .filter(other -> other.size() >= checks)
            .mapToDouble(other -> mean(other.subList(0, checks)))
            .sorted()
            .toArray();
    if (means.length < minimumOthers) {
      return false;
    }
    double median = (means[(means.length - 1) / 2] + means[means.length / 2]) / 2;
    return curve.stream().mapToDouble(CurvePoint::score).min().orElseThrow() > median;
  }

  private static double mean(List<CurvePoint> points) {
    return points.stream().mapToDouble(CurvePoint::score).average().orElseThrow();
  }
}
