package org.tim4j.tribuo.generator;

import java.util.List;
import org.tim4j.layers.Condition;
import org.tim4j.layers.InputKind;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.objective.interval.IntervalSampler;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.interval.TimeWarp;
import org.tim4j.objective.loss.DirectionalPart;
import org.tim4j.objective.loss.TransitionLoss;
import org.tim4j.objective.training.AdamWSettings;
import org.tim4j.objective.training.AverageDecay;
import org.tim4j.objective.training.DerivativeSettings;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TransitionTrainer;
import org.tim4j.tribuo.config.Tokenization;
import org.tim4j.tribuo.config.TransitionSettings;

/**
 * Trains a transition model of vectors given conditions. A vector is one token, so that the network
 * is a multilayer perceptron modulated by time, interval and condition, or one token a column, with
 * attention between them; see {@link Tokenization}.
 */
public final class VectorGeneratorTrainer {
  private final TransitionSettings settings;

  /**
   * @param settings network and training
   */
  public VectorGeneratorTrainer(TransitionSettings settings) {
    this.settings = settings;
  }

  /**
   * Trains from scratch; the same rows and seed give the same generator.
   *
   * @param rows at least one
   * @throws IllegalArgumentException if the vectors or the conditions are empty
   * @throws org.tim4j.objective.training.DivergenceException if the training diverges
   */
  public VectorGenerator train(ConditionedVectors rows, long seed) {
    if (rows.vector(0).length == 0 || rows.condition(0).length == 0) {
      throw new IllegalArgumentException(
          "No feature of the supplied Dataset varies, so there is nothing to learn; supply more"
              + " varied examples.");
    }
    TimNetwork network = TimNetwork.create(network(rows.columns(), rows.condition(0).length), seed);
    TransitionTrainer trainer =
        new TransitionTrainer(
            network, training(seed), new JitteredRows(rows, settings.jitter()), List.of());
    trainer.train();
    VectorGenerator generator = new VectorGenerator(trainer.averageNetwork(), settings.transport());
    network.graph().close();
    return generator;
  }

  /**
   * Returns the network of vectors under conditions.
   *
   * @param columns how many numbers of a vector each column has, in order; at least one, each at
   *     least 1
   * @param conditionWidth numbers of a condition, at least 1
   */
  public TimNetworkConfig network(List<Integer> columns, int conditionWidth) {
    TimNetworkConfig.Builder network =
        switch (settings.tokenization()) {
          case ROW -> TimNetworkConfig.builder().inputKind(InputKind.TOKENS);
          case FEATURE -> TimNetworkConfig.builder().inputKind(InputKind.ROWS).columns(columns);
        };
    return network
        .channels(columns.stream().mapToInt(width -> width).sum())
        .condition(new Condition.Vector(conditionWidth))
        .hidden(settings.hiddenSize())
        .depth(settings.depth())
        .heads(settings.heads())
        .runtime(settings.runtime())
        .build();
  }

  /** Returns the training from a seed. */
  public TrainingConfig training(long seed) {
    AdamWSettings published = AdamWSettings.published();
    return TrainingConfig.builder()
        .seed(seed)
        .steps(settings.steps())
        .batchSize(settings.batchSize())
        .transport(settings.transport().transport())
        .intervals(new IntervalSampler(settings.diffusionRatio(), settings.consistencyRatio()))
        .derivative(new DerivativeSettings(settings.derivative(), null))
        .loss(
            new TransitionLoss(
                IntervalWeighting.power(settings.weightingExponent(), TimeWarp.TANGENT),
                DirectionalPart.NONE,
                settings.sampleScale()))
        .optimizer(
            new AdamWSettings(
                settings.learningRate(),
                published.beta1(),
                published.beta2(),
                published.epsilon(),
                settings.weightDecay(),
                published.clipNorm()))
        .average(new AverageDecay(settings.averageDecay(), AverageDecay.WarmUp.RATIONAL))
        .conditionDropout(0)
        .build();
  }
}
