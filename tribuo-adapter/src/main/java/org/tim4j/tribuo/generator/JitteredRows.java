package org.tim4j.tribuo.generator;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.TrainingData;

/**
 * Batches of rows drawn in proportion to their weights, with normal noise added.
 *
 * <p>Draws are spread evenly over the rows (systematic resampling), then put in random order,
 * because the place in a batch decides what a row is used for.
 */
public final class JitteredRows implements TrainingData {
  private final ConditionedVectors rows;
  private final double[] cumulative;
  private final double jitter;

  /**
   * @param jitter standard deviation of the noise, at least 0
   */
  public JitteredRows(ConditionedVectors rows, double jitter) {
    this.rows = rows;
    this.cumulative = rows.cumulativeWeights();
    this.jitter = jitter;
  }

  @Override
  public Examples batch(long seed, long step, int batchSize) {
    RandomStream random = RandomStream.of(seed, step, Purpose.DATA_ORDER);
    int[] order = random.permutation(batchSize);
    double offset = random.nextDouble();
    double[][] vectors = new double[batchSize][];
    double[][] conditions = new double[batchSize][];
    for (int i = 0; i < batchSize; i++) {
      int row = rowAt((order[i] + offset) / batchSize);
      conditions[i] = rows.condition(row);
      vectors[i] = rows.vector(row).clone();
      for (int j = 0; j < vectors[i].length; j++) {
        vectors[i][j] += jitter * random.nextGaussian();
      }
    }
    return new Examples(tokens(vectors), Nd4j.createFromArray(conditions).castTo(DataType.FLOAT));
  }

  /** Returns every row once, in order and without noise. */
  public Examples all() {
    double[][] vectors = new double[rows.size()][];
    double[][] conditions = new double[rows.size()][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = rows.vector(i);
      conditions[i] = rows.condition(i);
    }
    return new Examples(tokens(vectors), Nd4j.createFromArray(conditions).castTo(DataType.FLOAT));
  }

  private int rowAt(double share) {
    int found = Arrays.binarySearch(cumulative, share);
    return Math.min(found >= 0 ? found + 1 : -found - 1, cumulative.length - 1);
  }

  /** Returns the vectors as one token each, {@code [batch, 1, width]}. */
  static INDArray tokens(double[][] vectors) {
    return Nd4j.createFromArray(vectors)
        .castTo(DataType.FLOAT)
        .reshape('c', vectors.length, 1, vectors[0].length);
  }
}
