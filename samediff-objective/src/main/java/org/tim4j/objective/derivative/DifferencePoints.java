package org.tim4j.objective.derivative;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.transport.Transport;

/**
 * Where a finite difference evaluates the function: {@code df/dt} of a sample is the sum of weight
 * times value over the points of that sample. Diffusion samples have none, the others two or three.
 *
 * @param sample index in the batch, for each point
 * @param time raw start time, for each point
 * @param weight factor of the value, for each point
 */
public record DifferencePoints(int[] sample, double[] time, double[] weight) {
  static DifferencePoints of(Transport transport, Intervals intervals, OptionalDouble epsilon) {
    double[] t = intervals.t();
    List<Stencil> stencils = new ArrayList<>();
    for (int i = intervals.diffusionCount(); i < t.length; i++) {
      stencils.add(Stencil.at(i, t[i], epsilon.orElse(transport.safeEpsilon(t[i])), transport));
    }
    int count = stencils.stream().mapToInt(s -> s.times().length).sum();
    DifferencePoints points =
        new DifferencePoints(new int[count], new double[count], new double[count]);
    int p = 0;
    for (Stencil stencil : stencils) {
      for (int k = 0; k < stencil.times().length; k++, p++) {
        points.sample[p] = stencil.sample();
        points.time[p] = stencil.times()[k];
        points.weight[p] = stencil.weights()[k];
      }
    }
    return points;
  }

  /** Number of points. */
  public int count() {
    return sample.length;
  }

  /** Returns the target time of each point: that of its sample. */
  public double[] targets(Intervals intervals) {
    double[] all = intervals.r();
    double[] r = new double[sample.length];
    for (int p = 0; p < r.length; p++) {
      r[p] = all[sample[p]];
    }
    return r;
  }
}
