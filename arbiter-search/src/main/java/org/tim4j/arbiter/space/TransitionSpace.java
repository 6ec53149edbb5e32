package org.tim4j.arbiter.space;

import java.io.IOException;
import java.util.Objects;
import org.deeplearning4j.arbiter.BaseNetworkSpace;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.api.TaskCreatorProvider;
import org.deeplearning4j.arbiter.optimize.serde.jackson.JsonMapper;
import org.deeplearning4j.arbiter.util.LeafUtils;
import org.nd4j.shade.jackson.annotation.JsonIgnoreProperties;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;
import org.nd4j.shade.jackson.databind.annotation.JsonSerialize;
import org.tim4j.arbiter.candidate.Budget;
import org.tim4j.arbiter.candidate.TransitionCandidate;
import org.tim4j.arbiter.task.TransitionTaskCreator;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.interval.IntervalSampler;
import org.tim4j.objective.interval.Weighting;
import org.tim4j.objective.loss.TransitionLoss;
import org.tim4j.objective.training.AdamWSettings;
import org.tim4j.objective.training.DerivativeSettings;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.transport.Transport;

/**
 * Whole training runs: given settings of training in which some parts vary, and a space of
 * networks. The top-level space of a sweep; Arbiter's runner trains its candidates by {@link
 * TransitionTaskCreator}.
 *
 * <p>It extends {@link BaseNetworkSpace}, none of whose settings it uses, because Arbiter's user
 * interface shows no other spaces.
 */
@JsonIgnoreProperties({"numEpochs", "layerSpaces"})
public final class TransitionSpace extends BaseNetworkSpace<TransitionCandidate> {
  static {
    TaskCreatorProvider.registerDefaultTaskCreatorClass(
        TransitionSpace.class, TransitionTaskCreator.class);
  }

  @JsonSerialize(using = ConfigurationJson.TrainingWriter.class)
  @JsonDeserialize(using = ConfigurationJson.TrainingReader.class)
  private TrainingConfig training;

  private Budget budget;
  private ParameterSpace<Integer> trainingSeed; // BaseNetworkSpace has a seed of its own.
  private ParameterSpace<TimNetworkConfig> network;
  private ParameterSpace<? extends Transport> transport;
  private ParameterSpace<IntervalSampler> intervals;
  private ParameterSpace<? extends Weighting> weighting;
  private ParameterSpace<DerivativeSettings> derivative;
  private ParameterSpace<AdamWSettings> optimizer;

  private TransitionSpace() {}

  private TransitionSpace(Builder builder) {
    training = builder.training;
    budget = builder.budget;
    trainingSeed = builder.seed;
    network = builder.network;
    transport = builder.transport;
    intervals = builder.intervals;
    weighting = builder.weighting;
    derivative = builder.derivative;
    optimizer = builder.optimizer;
  }

  /**
   * Returns a space written by {@link #toJson}.
   *
   * @throws InvalidInputException if the text is no such space
   */
  public static TransitionSpace fromJson(String json) {
    return read(JsonMapper.getMapper(), json);
  }

  /**
   * Returns a space written by {@link #toYaml}.
   *
   * @throws InvalidInputException if the text is no such space
   */
  public static TransitionSpace fromYaml(String yaml) {
    return read(JsonMapper.getYamlMapper(), yaml);
  }

  private static TransitionSpace read(ObjectMapper mapper, String text) {
    try {
      return mapper.readValue(text, TransitionSpace.class);
    } catch (IOException e) {
      throw new InvalidInputException("this is no TransitionSpace: " + e.getMessage(), e);
    }
  }

  /** What training a candidate may cost. */
  public Budget budget() {
    return budget;
  }

  /** Returns a candidate; one that only holds the reason if its settings do not fit each other. */
  @Override
  public TransitionCandidate getValue(double[] values) {
    try {
      return TransitionCandidate.of(network.getValue(values), trainingOf(values), budget);
    } catch (InvalidInputException e) {
      return TransitionCandidate.impossible(e.getMessage());
    }
  }

  private TrainingConfig trainingOf(double[] values) {
    TrainingConfig.Builder result = training.toBuilder();
    if (trainingSeed != null) {
      result.seed(trainingSeed.getValue(values));
    }
    if (transport != null) {
      result.transport(transport.getValue(values));
    }
    if (intervals != null) {
      result.intervals(intervals.getValue(values));
    }
    if (weighting != null) {
      result.loss(
          new TransitionLoss(
              weighting.getValue(values), training.loss().directional(), training.loss().scale()));
    }
    if (derivative != null) {
      result.derivative(derivative.getValue(values));
    }
    if (optimizer != null) {
      result.optimizer(optimizer.getValue(values));
    }
    return result.build();
  }

  @Override
  public int numParameters() {
    return LeafUtils.countUniqueParameters(collectLeaves());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TransitionSpace space
        && space.training.equals(training)
        && space.budget.equals(budget)
        && space.getNestedSpaces().equals(getNestedSpaces());
  }

  @Override
  public int hashCode() {
    return Objects.hash(training, budget, getNestedSpaces());
  }

  /** Collects the parts that vary; the others stay as they are given. */
  public static final class Builder {
    private final TrainingConfig training;
    private final ParameterSpace<TimNetworkConfig> network;
    private Budget budget;
    private ParameterSpace<Integer> seed;
    private ParameterSpace<? extends Transport> transport;
    private ParameterSpace<IntervalSampler> intervals;
    private ParameterSpace<? extends Weighting> weighting;
    private ParameterSpace<DerivativeSettings> derivative;
    private ParameterSpace<AdamWSettings> optimizer;

    /** Starts from one network. */
    public Builder(TimNetworkConfig network, TrainingConfig training) {
      this(new TimNetworkSpace.Builder(network).build(), training);
    }

    /**
     * Starts from a space of networks.
     *
     * @param network usually a {@link TimNetworkSpace}
     * @param training the settings of every run; its number of steps is the budget until that is
     *     set
     */
    public Builder(ParameterSpace<TimNetworkConfig> network, TrainingConfig training) {
      this.network = Require.present("network", network);
      this.training = Require.present("training", training);
    }

    /** What training a candidate may cost, scoring not counted. */
    public Builder budget(Budget value) {
      budget = Require.present("budget", value);
      return this;
    }

    /** Seeds of training, to tell the noise of a score; that of the given training by default. */
    public Builder seed(ParameterSpace<Integer> space) {
      seed = Require.present("seed", space);
      return this;
    }

    /** Paths between data and noise: a {@link TransportSpace} or a {@link PartSpace}. */
    public Builder transport(ParameterSpace<? extends Transport> space) {
      transport = Require.present("transport", space);
      return this;
    }

    /** Draws of the intervals; usually an {@link IntervalSamplerSpace}. */
    public Builder intervals(ParameterSpace<IntervalSampler> space) {
      intervals = Require.present("intervals", space);
      return this;
    }

    /** Weights of the intervals: an {@link IntervalWeightingSpace} or a {@link PartSpace}. */
    public Builder weighting(ParameterSpace<? extends Weighting> space) {
      weighting = Require.present("weighting", space);
      return this;
    }

    /** Ways to compute the time derivative; usually a {@link DerivativeSpace}. */
    public Builder derivative(ParameterSpace<DerivativeSettings> space) {
      derivative = Require.present("derivative", space);
      return this;
    }

    /** Settings of the optimiser; usually an {@link AdamWSpace}. */
    public Builder optimizer(ParameterSpace<AdamWSettings> space) {
      optimizer = Require.present("optimizer", space);
      return this;
    }

    /**
     * Returns the space.
     *
     * @throws InvalidInputException if there is no budget and the training makes no steps
     */
    public TransitionSpace build() {
      if (budget == null) {
        budget = Budget.steps(training.steps());
      }
      return new TransitionSpace(this);
    }
  }
}
