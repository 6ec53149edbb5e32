package org.tim4j.arbiter.space;

import java.util.function.Consumer;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;
import org.nd4j.shade.jackson.databind.annotation.JsonSerialize;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.IntervalCondition;
import org.tim4j.layers.base.Require;

/**
 * Networks: a given configuration in which some settings vary. If the width varies and the rank of
 * the modulation does not, the rank is the default of each width.
 */
public final class TimNetworkSpace extends CompositeSpace<TimNetworkConfig> {
  @JsonSerialize(using = ConfigurationJson.NetworkWriter.class)
  @JsonDeserialize(using = ConfigurationJson.NetworkReader.class)
  private TimNetworkConfig network;

  private ParameterSpace<Integer> patch;
  private ParameterSpace<Integer> hidden;
  private ParameterSpace<Integer> depth;
  private ParameterSpace<Integer> heads;
  private ParameterSpace<Double> mlpRatio;
  private ParameterSpace<Integer> modulationRank;
  private ParameterSpace<Boolean> qkNorm;
  private ParameterSpace<Boolean> distanceAware;
  private ParameterSpace<Boolean> separateIntervalEmbedding;
  private ParameterSpace<IntervalCondition> intervalCondition;

  private TimNetworkSpace() {}

  private TimNetworkSpace(Builder builder) {
    network = builder.network;
    patch = builder.patch;
    hidden = builder.hidden;
    depth = builder.depth;
    heads = builder.heads;
    mlpRatio = builder.mlpRatio;
    modulationRank = builder.modulationRank;
    qkNorm = builder.qkNorm;
    distanceAware = builder.distanceAware;
    separateIntervalEmbedding = builder.separateIntervalEmbedding;
    intervalCondition = builder.intervalCondition;
  }

  @Override
  public TimNetworkConfig getValue(double[] values) {
    TimNetworkConfig.Builder result = network.toBuilder();
    set(patch, values, result::patch);
    set(hidden, values, result::hidden);
    set(depth, values, result::depth);
    set(heads, values, result::heads);
    set(mlpRatio, values, result::mlpRatio);
    set(qkNorm, values, result::qkNorm);
    set(distanceAware, values, result::distanceAware);
    set(separateIntervalEmbedding, values, result::separateIntervalEmbedding);
    set(intervalCondition, values, result::intervalCondition);
    if (modulationRank != null) {
      result.modulationRank(modulationRank.getValue(values));
    } else if (hidden != null) {
      result.modulationRank(hidden.getValue(values) / 4 * 3);
    }
    return result.build();
  }

  private static <T> void set(ParameterSpace<T> space, double[] values, Consumer<T> setter) {
    if (space != null) {
      setter.accept(space.getValue(values));
    }
  }

  @Override
  boolean hasSameFixedPart(CompositeSpace<?> other) {
    return network.equals(((TimNetworkSpace) other).network);
  }

  /** Collects settings; each is that of the given network until it is set. */
  public static final class Builder {
    private final TimNetworkConfig network;
    private ParameterSpace<Integer> patch;
    private ParameterSpace<Integer> hidden;
    private ParameterSpace<Integer> depth;
    private ParameterSpace<Integer> heads;
    private ParameterSpace<Double> mlpRatio;
    private ParameterSpace<Integer> modulationRank;
    private ParameterSpace<Boolean> qkNorm;
    private ParameterSpace<Boolean> distanceAware;
    private ParameterSpace<Boolean> separateIntervalEmbedding;
    private ParameterSpace<IntervalCondition> intervalCondition;

    /** Starts from a given network. */
    public Builder(TimNetworkConfig network) {
      this.network = Require.present("network", network);
    }

    /** Side of a patch in pixels. */
    public Builder patch(int value) {
      return patch(new FixedValue<>(value));
    }

    /** Side of a patch in pixels. */
    public Builder patch(ParameterSpace<Integer> space) {
      patch = Require.present("patch", space);
      return this;
    }

    /** Numbers a token inside the network; a multiple of four times the heads. */
    public Builder hidden(int value) {
      return hidden(new FixedValue<>(value));
    }

    /** Numbers a token inside the network; a multiple of four times the heads. */
    public Builder hidden(ParameterSpace<Integer> space) {
      hidden = Require.present("hidden", space);
      return this;
    }

    /** Number of blocks. */
    public Builder depth(int value) {
      return depth(new FixedValue<>(value));
    }

    /** Number of blocks. */
    public Builder depth(ParameterSpace<Integer> space) {
      depth = Require.present("depth", space);
      return this;
    }

    /** Attention heads. */
    public Builder heads(int value) {
      return heads(new FixedValue<>(value));
    }

    /** Attention heads. */
    public Builder heads(ParameterSpace<Integer> space) {
      heads = Require.present("heads", space);
      return this;
    }

    /** Size of the feed-forward part, above 0. */
    public Builder mlpRatio(double value) {
      return mlpRatio(new FixedValue<>(value));
    }

    /** Size of the feed-forward part, above 0. */
    public Builder mlpRatio(ParameterSpace<Double> space) {
      mlpRatio = Require.present("mlpRatio", space);
      return this;
    }

    /** Numbers inside the unit that modulates a block. */
    public Builder modulationRank(int value) {
      return modulationRank(new FixedValue<>(value));
    }

    /** Numbers inside the unit that modulates a block. */
    public Builder modulationRank(ParameterSpace<Integer> space) {
      modulationRank = Require.present("modulationRank", space);
      return this;
    }

    /** Whether queries and keys are normalised. */
    public Builder qkNorm(boolean value) {
      return qkNorm(new FixedValue<>(value));
    }

    /** Whether queries and keys are normalised. */
    public Builder qkNorm(ParameterSpace<Boolean> space) {
      qkNorm = Require.present("qkNorm", space);
      return this;
    }

    /** Whether attention sees the interval embedding. */
    public Builder distanceAware(boolean value) {
      return distanceAware(new FixedValue<>(value));
    }

    /** Whether attention sees the interval embedding. */
    public Builder distanceAware(ParameterSpace<Boolean> space) {
      distanceAware = Require.present("distanceAware", space);
      return this;
    }

    /** Whether the interval embedding has weights of its own. */
    public Builder separateIntervalEmbedding(boolean value) {
      return separateIntervalEmbedding(new FixedValue<>(value));
    }

    /** Whether the interval embedding has weights of its own. */
    public Builder separateIntervalEmbedding(ParameterSpace<Boolean> space) {
      separateIntervalEmbedding = Require.present("separateIntervalEmbedding", space);
      return this;
    }

    /** What the interval embedding is made of. */
    public Builder intervalCondition(IntervalCondition value) {
      intervalCondition = EnumSpace.of(value);
      return this;
    }

    /** What the interval embedding is made of. */
    public Builder intervalCondition(ParameterSpace<IntervalCondition> space) {
      intervalCondition = EnumSpace.of(IntervalCondition.class, space);
      return this;
    }

    /** Returns the space. */
    public TimNetworkSpace build() {
      return new TimNetworkSpace(this);
    }
  }
}
