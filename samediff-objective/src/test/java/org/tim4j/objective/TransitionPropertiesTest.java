package org.tim4j.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.interval.IntervalMeasure;
import org.tim4j.objective.interval.IntervalSampler;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.interval.TimeWarp;
import org.tim4j.objective.interval.WeightForm;
import org.tim4j.objective.transport.Edm;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.PathCoefficients;
import org.tim4j.objective.transport.PredictionCoefficients;
import org.tim4j.objective.transport.TimeLaw;
import org.tim4j.objective.transport.TransitionCoefficients;
import org.tim4j.objective.transport.Transport;
import org.tim4j.objective.transport.TrigFlow;
import org.tim4j.objective.transport.VeSde;
import org.tim4j.objective.transport.VpSde;

/** What must hold for all times, transports and ratios, on ten thousand random cases. */
class TransitionPropertiesTest {
  private static final int CASES = 10_000;

  @Test
  void everyRandomCaseKeepsTheProperties() {
    for (int i = 0; i < CASES; i++) {
      RandomGenerator random = RandomStream.of(2024, i, Purpose.EVALUATION);
      Transport transport = transport(random);
      Intervals intervals = checkIntervals(transport, random);
      int sample = random.nextInt(intervals.size());
      checkTransition(transport, intervals.t()[sample], intervals.r()[sample]);
      checkWeights(transport, intervals, random);
    }
  }

  private static Transport transport(RandomGenerator random) {
    double mean = random.nextDouble(-1.5, 1);
    double std = random.nextDouble(0.2, 1.6);
    double sigmaData = random.nextDouble(0.2, 2);
    return switch (random.nextInt(5)) {
      case 0 -> new OtFlowMatching(new TimeLaw.LogitNormal(mean, std), sigmaData);
      case 1 -> new TrigFlow(new TimeLaw.ArctanLogNormal(mean, std), sigmaData);
      case 2 -> new Edm(new TimeLaw.LogNormal(mean, std), sigmaData);
      case 3 ->
          new VpSde(random.nextDouble(0.05, 1), random.nextDouble(1, 25), 1e-5, 1000, sigmaData);
      default -> new VeSde(0.02, random.nextDouble(10, 200), sigmaData);
    };
  }

  private static Intervals checkIntervals(Transport transport, RandomGenerator random) {
    int batch = random.nextInt(1, 12);
    double diffusion = random.nextDouble();
    double consistency = random.nextDouble() * (1 - diffusion);
    IntervalSampler sampler = new IntervalSampler(diffusion, consistency);
    Intervals intervals = sampler.sample(transport, batch, random);
    double[] t = intervals.t();
    double[] r = intervals.r();
    assertEquals(batch, t.length);
    assertTrue(intervals.diffusionCount() <= sampler.diffusionCount(batch));
    for (int i = 0; i < batch; i++) {
      String which = transport + " sample " + i + " of " + intervals;
      assertTrue(r[i] <= t[i], which);
      assertTrue(transport.isDefinedAt(t[i]), which);
      if (i < intervals.diffusionCount()) {
        assertEquals(t[i], r[i], which);
      }
      if (i >= batch - sampler.consistencyCount(batch)) {
        assertEquals(Math.min(t[i], transport.tMin()), r[i], which);
      }
    }
    return intervals;
  }

  /** The identity between path, prediction and transition, for any data and noise. */
  private static void checkTransition(Transport transport, double t, double r) {
    String which = transport + " from " + t + " to " + r;
    assertEquals(TransitionCoefficients.IDENTITY, canonical(transport.transition(t, t)), which);
    PathCoefficients from = transport.path(t);
    PathCoefficients to = transport.path(r);
    PredictionCoefficients p = transport.prediction(t);
    TransitionCoefficients step = transport.transition(t, r);
    assertEquals(to.alpha(), step.a() * from.alpha() + step.b() * p.alphaHat(), 1e-10, which);
    assertEquals(
        to.sigma(),
        step.a() * from.sigma() + step.b() * p.sigmaHat(),
        1e-10 * (1 + to.sigma()),
        which);
    assertTrue(Double.isFinite(step.q()) && step.q() >= 0, which);
    if (t - r > 1e-3 * t) {
      double width = 1e-5 * t;
      double slope =
          (transport.transition(t + width, r).b() - transport.transition(t - width, r).b())
              / (2 * width);
      assertEquals(step.b(), step.q() * slope, 1e-6 * (Math.abs(step.b()) + 1e-3), which);
    }
  }

  /** Minus zero equals zero here. */
  private static TransitionCoefficients canonical(TransitionCoefficients c) {
    return new TransitionCoefficients(c.a() + 0.0, c.b() + 0.0, c.q() + 0.0);
  }

  private static void checkWeights(
      Transport transport, Intervals intervals, RandomGenerator random) {
    IntervalWeighting weighting =
        new IntervalWeighting(
            WeightForm.values()[random.nextInt(2)],
            random.nextDouble(-2, 1),
            transport instanceof OtFlowMatching
                ? TimeWarp.values()[random.nextInt(3)]
                : TimeWarp.NONE,
            IntervalMeasure.values()[random.nextInt(2)]);
    double[] weights = weighting.weights(intervals, transport.sigmaData());
    for (int i = 0; i < weights.length; i++) {
      assertTrue(weights[i] > 0 && Double.isFinite(weights[i]), weighting + " of " + intervals);
      if (i < intervals.diffusionCount()) {
        assertEquals(1, weights[i]);
      }
    }
  }

  @Test
  void ratiosAboveOneAreRefused() {
    for (int i = 0; i < 100; i++) {
      RandomGenerator random = RandomStream.of(2025, i, Purpose.EVALUATION);
      double diffusion = random.nextDouble(0.01, 1);
      double consistency = random.nextDouble(1.001 - diffusion, 1.001);
      assertThrows(InvalidInputException.class, () -> new IntervalSampler(diffusion, consistency));
    }
  }
}
