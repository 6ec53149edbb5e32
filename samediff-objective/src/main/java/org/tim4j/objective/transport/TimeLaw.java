package org.tim4j.objective.transport;

import java.util.random.RandomGenerator;
import org.tim4j.layers.base.Require;

/** The distribution that training times are drawn from. */
public interface TimeLaw {
  /**
   * Maps one number of the law's base distribution to a time.
   *
   * @param draw a standard normal number, or a number in [0, 1) for the uniform laws
   */
  double timeFromDraw(double draw);

  /** Draws one number of the base distribution: standard normal, or uniform on [0, 1). */
  double draw(RandomGenerator random);

  /** {@code t = 1 / (1 + exp(-(mean + std · n)))} with n standard normal; within (0, 1). */
  record LogitNormal(double mean, double std) implements TimeLaw {
    public LogitNormal {
      Require.finite("mean of the time law", mean);
      Require.positive("std of the time law", std);
    }

    @Override
    public double timeFromDraw(double draw) {
      return 1 / (1 + Math.exp(-(mean + std * draw)));
    }

    @Override
    public double draw(RandomGenerator random) {
      return random.nextGaussian();
    }
  }

  /** {@code t = exp(mean + std · n)} with n standard normal; above 0. */
  record LogNormal(double mean, double std) implements TimeLaw {
    public LogNormal {
      Require.finite("mean of the time law", mean);
      Require.positive("std of the time law", std);
    }

    @Override
    public double timeFromDraw(double draw) {
      return Math.exp(mean + std * draw);
    }

    @Override
    public double draw(RandomGenerator random) {
      return random.nextGaussian();
    }
  }

  /** {@code t = atan(exp(mean + std · n))} with n standard normal; within (0, π/2). */
  record ArctanLogNormal(double mean, double std) implements TimeLaw {
    public ArctanLogNormal {
      Require.finite("mean of the time law", mean);
      Require.positive("std of the time law", std);
    }

    @Override
    public double timeFromDraw(double draw) {
      return Math.atan(Math.exp(mean + std * draw));
    }

    @Override
    public double draw(RandomGenerator random) {
      return random.nextGaussian();
    }
  }

  /** {@code t = high + (low - high) · u} with u uniform on [0, 1); within (low, high]. */
  record Uniform(double low, double high) implements TimeLaw {
    public Uniform {
      Require.finite("low end of the time law", low);
      Require.positive("width of the time law", high - low);
    }

    @Override
    public double timeFromDraw(double draw) {
      return high + (low - high) * draw;
    }

    @Override
    public double draw(RandomGenerator random) {
      return random.nextDouble();
    }
  }

  /** {@code t = low · (high / low)^u} with u uniform on [0, 1); within [low, high). */
  record LogUniform(double low, double high) implements TimeLaw {
    public LogUniform {
      Require.positive("low end of the time law", low);
      Require.positive("width of the time law", high - low);
    }

    @Override
    public double timeFromDraw(double draw) {
      return low * Math.pow(high / low, draw);
    }

    @Override
    public double draw(RandomGenerator random) {
      return random.nextDouble();
    }
  }
}
