package org.tim4j.objective.sampling;

import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.transport.Transport;

/**
 * What to sample and how; made by {@link #fromNoise} or {@link #fromStart}.
 *
 * <p>All randomness is a function of the seed: neither the division into batches nor the requests
 * made before change a sample.
 */
public final class SamplingRequest {
  private final long seed;
  private final long[] shape;
  private final INDArray start;
  private final int steps;
  private final double[] times;
  private final INDArray condition;
  private final INDArray nullCondition;
  private final Guidance guidance;
  private final SamplingMode mode;
  private final double stochasticity;
  private final StepNoise noise;
  private final boolean keepStates;
  private final int maxBatch;
  private final DataType dataType;

  private SamplingRequest(Builder builder) {
    this.seed = builder.seed;
    this.shape = builder.shape;
    this.start = builder.start;
    this.steps = builder.steps;
    this.times = builder.times;
    this.condition = builder.condition;
    this.nullCondition = builder.nullCondition;
    this.guidance = builder.guidance;
    this.mode = builder.mode;
    this.stochasticity = builder.stochasticity;
    this.noise = builder.noise;
    this.keepStates = builder.keepStates;
    this.maxBatch = builder.maxBatch;
    this.dataType = builder.dataType;
  }

  /**
   * Starts a request whose samples begin as noise on the transport's prior scale.
   *
   * @param seed seed of all noise
   * @param shape {@code [batch, …]}
   * @throws InvalidInputException if the shape has fewer than two dimensions or an extent below 1
   */
  public static Builder fromNoise(long seed, long... shape) {
    if (shape.length < 2) {
      throw new InvalidInputException(
          "the shape of the samples has "
              + shape.length
              + " dimensions; give the batch size and at least one more");
    }
    for (long extent : shape) {
      Require.atLeast("an extent of the samples' shape", Math.toIntExact(extent), 1);
    }
    return new Builder(seed, shape.clone(), null);
  }

  /**
   * Starts a request whose samples begin in given states.
   *
   * @param seed seed of the noise of stochastic sampling
   * @param start states at the first time, {@code [batch, …]}, taken as they are and not changed
   * @throws InvalidInputException if a state is not finite
   */
  public static Builder fromStart(long seed, INDArray start) {
    Require.finite("start", Require.present("start", start));
    return new Builder(seed, start.shape().clone(), start);
  }

  double[] timesFor(Transport transport) {
    double[] list = times == null ? transport.defaultTimes(steps) : times.clone();
    for (double time : list) {
      if (!transport.isDefinedAt(time)) {
        throw new InvalidInputException(
            "sampling time "
                + time
                + " lies outside the domain of "
                + transport.name()
                + "; give times from "
                + transport.tMax()
                + " to "
                + transport.tMin());
      }
    }
    return list;
  }

  INDArray startFor(Transport transport) {
    if (start != null) {
      return start.castTo(DataType.DOUBLE).dup('c');
    }
    return RandomStream.of(seed, 0, Purpose.SAMPLE_START)
        .gaussians(DataType.DOUBLE, shape)
        .muli(transport.priorScale());
  }

  INDArray noiseOf(int step) {
    if (noise == null) {
      return RandomStream.of(seed, step, Purpose.SAMPLE_NOISE).gaussians(DataType.DOUBLE, shape);
    }
    return noise.at(step).castTo(DataType.DOUBLE);
  }

  /** Condition of each sample, if any. */
  Optional<INDArray> condition() {
    return Optional.ofNullable(condition);
  }

  INDArray nullCondition() {
    return nullCondition;
  }

  Optional<Guidance> guidance() {
    return Optional.ofNullable(guidance);
  }

  SamplingMode mode() {
    return mode;
  }

  double stochasticity() {
    return stochasticity;
  }

  boolean keepsStates() {
    return keepStates;
  }

  int maxBatch() {
    return maxBatch;
  }

  DataType dataType() {
    return dataType;
  }

  /** Collects the settings of a request; everything is optional. */
  public static final class Builder {
    private final long seed;
    private final long[] shape;
    private final INDArray start;
    private int steps = 1;
    private double[] times;
    private INDArray condition;
    private INDArray nullCondition;
    private Guidance guidance;
    private SamplingMode mode = SamplingMode.TRANSITION;
    private double stochasticity;
    private StepNoise noise;
    private boolean keepStates;
    private int maxBatch = 256;
    private DataType dataType;

    private Builder(long seed, long[] shape, INDArray start) {
      this.seed = seed;
      this.shape = shape;
      this.start = start;
      this.dataType = start == null ? DataType.FLOAT : start.dataType();
    }

    /** Takes so many steps along the transport's default times; 1 by default. */
    public Builder steps(int count) {
      steps = Require.atLeast("the number of steps", count, 1);
      times = null;
      return this;
    }

    /**
     * Visits the given raw times.
     *
     * @throws InvalidInputException if there are fewer than two, or they do not decrease
     */
    public Builder times(double... list) {
      Require.atLeast("the number of sampling times", list.length, 2);
      for (int i = 1; i < list.length; i++) {
        if (!(list[i] < list[i - 1])) {
          throw new InvalidInputException(
              "sampling time " + list[i] + " follows " + list[i - 1] + "; times must decrease");
        }
      }
      times = list.clone();
      return this;
    }

    /** Gives one row of condition for each sample. */
    public Builder condition(INDArray rows) {
      condition = oneRowForEachSample("condition", rows);
      return this;
    }

    /** Guides away from the null condition, of which there is one row for each sample. */
    public Builder guidance(Guidance settings, INDArray nullRows) {
      guidance = Require.present("guidance", settings);
      nullCondition = oneRowForEachSample("the null condition", nullRows);
      return this;
    }

    /** Chooses the target time that the network is asked about; the next time by default. */
    public Builder mode(SamplingMode choice) {
      mode = Require.present("mode", choice);
      return this;
    }

    /** Adds noise in the steps between the first and the last; 0, the default, adds none. */
    public Builder stochasticity(double ratio) {
      stochasticity = Require.between("stochasticity", ratio, 0, 1);
      return this;
    }

    /** Takes the noise of stochastic steps from the caller instead of the seed. */
    public Builder noise(StepNoise source) {
      noise = Require.present("noise", source);
      return this;
    }

    /** Keeps the states at all times in the result. */
    public Builder keepStates() {
      keepStates = true;
      return this;
    }

    /** Bounds the number of rows of one prediction, guidance included; 256 by default. */
    public Builder maxBatch(int rows) {
      maxBatch = Require.atLeast("maxBatch", rows, 2);
      return this;
    }

    /**
     * Sets the type in which states are shown to the network and returned; that of the start, or
     * float, by default. States are accumulated in double precision whatever it is.
     */
    public Builder dataType(DataType type) {
      dataType = Require.present("dataType", type);
      return this;
    }

    /**
     * Returns the request.
     *
     * @throws InvalidInputException if guidance was asked for without a condition
     */
    public SamplingRequest build() {
      if (guidance != null && condition == null) {
        throw new InvalidInputException(
            "guidance needs a condition to guide towards; give one, or leave guidance out");
      }
      return new SamplingRequest(this);
    }

    private INDArray oneRowForEachSample(String name, INDArray rows) {
      Require.present(name, rows);
      if (rows.size(0) != shape[0]) {
        throw new InvalidInputException(
            name
                + " has "
                + rows.size(0)
                + " rows for "
                + shape[0]
                + " samples; give one row for each");
      }
      return rows;
    }
  }
}
