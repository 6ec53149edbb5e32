package org.tim4j.objective.dropin;

import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;

/**
 * A user's iterator over examples as an iterator over transitions, for whatever trains or scores a
 * {@link TransitionGraph}.
 *
 * <p>It does what a {@link StateTransitionPreProcessor} set on the user's iterator does, with draws
 * that do not depend on who reads it: it is never read ahead, while Deeplearning4j's early stopping
 * reads some batches ahead and throws them away, as many as there was time for.
 */
public final class TransitionIterator implements MultiDataSetIterator {
  private static final long serialVersionUID = 1L;

  /** What happens to the draws at the end of an epoch. */
  private enum Draws {
    GO_ON,
    REPEAT
  }

  private final MultiDataSetIterator examples;
  private final transient StateTransitionPreProcessor preProcessor;
  private final Draws draws;
  private long step;

  private TransitionIterator(
      MultiDataSetIterator examples, StateTransitionPreProcessor preProcessor, Draws draws) {
    this.examples = Require.present("the iterator over examples", examples);
    this.preProcessor = Require.present("the preprocessor", preProcessor);
    this.draws = draws;
  }

  /**
   * Returns an iterator for training: the k-th batch ever read has the draws of step k.
   *
   * @param examples pictures and conditions, see {@link StateTransitionPreProcessor}
   */
  public static TransitionIterator forTraining(
      MultiDataSetIterator examples, StateTransitionPreProcessor preProcessor) {
    return new TransitionIterator(examples, preProcessor, Draws.GO_ON);
  }

  /**
   * Returns an iterator for validation: the draws repeat in every epoch, so that the scores of
   * several epochs differ by the network alone.
   *
   * @param examples pictures and conditions, see {@link StateTransitionPreProcessor}; the same ones
   *     in every epoch
   */
  public static TransitionIterator forValidation(
      MultiDataSetIterator examples, StateTransitionPreProcessor preProcessor) {
    return new TransitionIterator(examples, preProcessor, Draws.REPEAT);
  }

  @Override
  public boolean hasNext() {
    return examples.hasNext();
  }

  @Override
  public MultiDataSet next() {
    return transitions(examples.next());
  }

  @Override
  public MultiDataSet next(int count) {
    return transitions(examples.next(count));
  }

  private MultiDataSet transitions(MultiDataSet batch) {
    preProcessor.preProcess(batch, step);
    step++;
    return batch;
  }

  /**
   * Refuses: what reads transitions must not change them.
   *
   * @throws InvalidInputException unless {@code value} is null
   */
  @Override
  public void setPreProcessor(MultiDataSetPreProcessor value) {
    if (value != null) {
      throw new InvalidInputException(
          "batches of transitions take no further preprocessor; set "
              + value.getClass().getSimpleName()
              + " on the iterator over examples");
    }
  }

  @Override
  public MultiDataSetPreProcessor getPreProcessor() {
    return null;
  }

  @Override
  public boolean resetSupported() {
    return examples.resetSupported();
  }

  @Override
  public boolean asyncSupported() {
    return false;
  }

  @Override
  public void reset() {
    examples.reset();
    if (draws == Draws.REPEAT) {
      step = 0;
    }
  }
}
