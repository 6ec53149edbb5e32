package org.tim4j.tribuo.generator;

import java.util.List;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.objective.training.RunSettings;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TransitionTrainer;
import org.tim4j.tribuo.config.RowSettings;
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
    RowSettings table = new RowSettings(settings, rows.size());
    RunSettings run = table.run(rows.columns(), rows.condition(0).length, seed);
    TimNetwork network = TimNetwork.create(run.network(), seed);
    TransitionTrainer trainer =
        new TransitionTrainer(
            network, run.training(), new JitteredRows(rows, settings.jitter()), List.of());
    trainer.train();
    VectorGenerator generator =
        new VectorGenerator(trainer.averageNetwork(), run.training().transport());
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
    return new RowSettings(settings).run(columns, conditionWidth, 0).network();
  }

  /** Returns the training of a table of at most 150 rows from a seed. */
  public TrainingConfig training(long seed) {
    return new RowSettings(settings).training(seed);
  }
}
