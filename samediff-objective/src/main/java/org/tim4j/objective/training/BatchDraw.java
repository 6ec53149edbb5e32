package org.tim4j.objective.training;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.Condition;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.NullCondition;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.array.SampleWise;

/**
 * The examples of a training step and everything random about it, drawn outside any graph.
 *
 * @param batch the transitions, with conditions dropped out
 * @param conditions the conditions before dropout, or null
 * @param features features to align with, or null
 * @param nullCondition null condition of a user's own, or null for the network's
 */
public record BatchDraw(
    TransitionBatch batch, INDArray conditions, INDArray features, INDArray nullCondition) {
  /** A draw with the network's own null condition. */
  public BatchDraw(TransitionBatch batch, INDArray conditions, INDArray features) {
    this(batch, conditions, features, null);
  }

  /**
   * Draws intervals, noise and dropout: a pure function of (seed, step) and the examples.
   *
   * @param config seed, transport, intervals and dropout
   * @param step the step, counted from 0
   * @param examples data of unit scale, not changed
   * @param kind what the network is told about the data
   */
  public static BatchDraw of(TrainingConfig config, long step, Examples examples, Condition kind) {
    INDArray x = examples.x().mul(config.transport().dataScale());
    INDArray noise =
        RandomStream.of(config.seed(), step, Purpose.NOISE).gaussians(x.dataType(), x.shape());
    RandomStream intervals = RandomStream.of(config.seed(), step, Purpose.INTERVAL);
    INDArray conditions = floating(examples.condition(), x);
    INDArray shown =
        config.conditionDropout() == 0 || conditions == null
            ? conditions
            : dropOut(config, step, conditions, kind, examples.nullCondition());
    return new BatchDraw(
        new TransitionBatch(
            x,
            noise,
            config.intervals().sample(config.transport(), examples.size(), intervals),
            shown),
        conditions,
        examples.features(),
        examples.nullCondition());
  }

  /** Whole numbers of a narrow type could not hold the number of every null class. */
  private static INDArray floating(INDArray conditions, INDArray x) {
    return conditions == null || conditions.dataType().isFPType()
        ? conditions
        : conditions.castTo(x.dataType());
  }

  private static INDArray dropOut(
      TrainingConfig config, long step, INDArray conditions, Condition kind, INDArray own) {
    RandomStream random = RandomStream.of(config.seed(), step, Purpose.CONDITION_DROPOUT);
    int[] dropped =
        IntStream.range(0, (int) conditions.size(0))
            .filter(i -> random.nextDouble() < config.conditionDropout())
            .toArray();
    if (dropped.length == 0) {
      return conditions;
    }
    INDArray nulls = NullCondition.like(kind, SampleWise.pick(conditions, dropped), own);
    return SampleWise.replace(conditions, dropped, nulls);
  }
}
