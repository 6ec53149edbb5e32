package org.tim4j.objective.dropin;

import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.TrainingData;

/** A user's iterator over pictures and classes: some batches an epoch, in the order of a run. */
final class Pictures implements MultiDataSetIterator {
  private final TrainingData data;
  private final long seed;
  private final int batchSize;
  private final int batches;
  private long step;
  private int done;
  private MultiDataSetPreProcessor preProcessor;

  Pictures(TrainingData data, long seed, int batchSize, int batches) {
    this.data = data;
    this.seed = seed;
    this.batchSize = batchSize;
    this.batches = batches;
  }

  @Override
  public boolean hasNext() {
    return done < batches;
  }

  @Override
  public MultiDataSet next() {
    Examples examples = data.batch(seed, step++, batchSize);
    done++;
    MultiDataSet batch =
        new org.nd4j.linalg.dataset.MultiDataSet(examples.x(), examples.condition());
    if (preProcessor != null) {
      preProcessor.preProcess(batch);
    }
    return batch;
  }

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
    done = 0;
  }
}
