package org.tim4j.objective.dropin;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.TrainingData;

/**
 * Training data as a Deeplearning4j iterator: features are the pictures, labels the conditions.
 *
 * <p>Batch b of epoch e is the data's batch of step {@code e · batches + b}, so that a run of
 * {@code fit} sees what a {@link org.tim4j.objective.training.TransitionTrainer} sees. A reset in
 * the middle of an epoch begins that epoch anew.
 */
public final class ExamplesIterator implements MultiDataSetIterator {
  private static final long serialVersionUID = 1L;

  private final transient TrainingData data;
  private final long seed;
  private final int batchSize;
  private final int batches;
  private long epoch;
  private int done;
  private transient MultiDataSetPreProcessor preProcessor;

  /**
   * @param data where batches come from
   * @param seed seed of the run
   * @param batchSize examples of a batch, at least 1
   * @param batches batches of an epoch, at least 1
   */
  public ExamplesIterator(TrainingData data, long seed, int batchSize, int batches) {
    this.data = Require.present("data", data);
    this.seed = seed;
    this.batchSize = Require.atLeast("batchSize", batchSize, 1);
    this.batches = Require.atLeast("the number of batches of an epoch", batches, 1);
  }

  @Override
  public boolean hasNext() {
    return done < batches;
  }

  @Override
  public MultiDataSet next() {
    Examples examples = data.batch(seed, epoch * batches + done, batchSize);
    done++;
    MultiDataSet batch =
        new org.nd4j.linalg.dataset.MultiDataSet(
            examples.nullCondition() == null
                ? new INDArray[] {examples.x()}
                : new INDArray[] {examples.x(), examples.condition(), examples.nullCondition()},
            examples.condition() == null ? new INDArray[0] : new INDArray[] {examples.condition()});
    if (preProcessor != null) {
      preProcessor.preProcess(batch);
    }
    return batch;
  }

  /** Returns the next batch; the number asked for is not looked at. */
  @Override
  public MultiDataSet next(int count) {
    return next();
  }

  @Override
  public void setPreProcessor(MultiDataSetPreProcessor value) {
    preProcessor = value;
  }

  @Override
  public MultiDataSetPreProcessor getPreProcessor() {
    return preProcessor;
  }

  @Override
  public boolean resetSupported() {
    return true;
  }

  @Override
  public boolean asyncSupported() {
    return true;
  }

  @Override
  public void reset() {
    if (!hasNext()) {
      epoch++;
    }
    done = 0;
  }
}
