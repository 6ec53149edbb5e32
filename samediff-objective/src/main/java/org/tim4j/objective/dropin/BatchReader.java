package org.tim4j.objective.dropin;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.tim4j.layers.Condition;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.ConditionRange;
import org.tim4j.objective.training.Examples;

/**
 * Reads examples from batches of Deeplearning4j: the data are the first feature array, the
 * condition is the second one if there is one, else the first label array. A third one is the null
 * condition of a user's own, as one row.
 */
public final class BatchReader {
  private BatchReader() {}

  /**
   * Returns the examples of a batch, of the network's data type.
   *
   * @param batch the data with class indices {@code [batch, 1]}, one-hot rows {@code [batch,
   *     classes]}, or vectors; not changed
   * @param network what is to be trained
   * @throws InvalidInputException if a condition is missing or out of range
   */
  public static Examples read(MultiDataSet batch, TimNetworkConfig network) {
    INDArray[] features = batch.getFeatures();
    INDArray x = new Examples(features[0], null).x().castTo(network.dataType());
    if (network.condition() instanceof Condition.None) {
      return new Examples(x, null);
    }
    INDArray given = features.length > 1 ? features[1] : firstLabels(batch);
    Examples examples = new Examples(x, conditions(given, network).castTo(network.dataType()));
    return features.length > 2
        ? examples.withNullCondition(features[2].castTo(network.dataType()))
        : examples;
  }

  private static INDArray firstLabels(MultiDataSet batch) {
    if (batch.getLabels() == null || batch.getLabels().length == 0) {
      throw new InvalidInputException(
          "the batch has neither a second feature array nor labels, but the network takes a"
              + " condition; give one of them");
    }
    return batch.getLabels(0);
  }

  /** Returns class indices for one-hot rows, and everything else as it is. */
  private static INDArray conditions(INDArray given, TimNetworkConfig network) {
    if (!(network.condition() instanceof Condition.Classes)) {
      return given;
    }
    INDArray indices =
        given.rank() == 2 && given.size(1) > 1
            ? given.argMax(1).reshape(given.size(0), 1)
            : given.reshape(given.size(0), 1);
    ConditionRange.check(network.condition(), indices);
    return indices;
  }
}
