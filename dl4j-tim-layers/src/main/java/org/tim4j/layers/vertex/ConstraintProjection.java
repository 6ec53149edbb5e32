package org.tim4j.layers.vertex;

import org.deeplearning4j.nn.conf.constraint.BaseConstraint;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * A constraint as the last change of an update, which makes the constrained parameter of it.
 *
 * <p>It is needed because Deeplearning4j 1.0.0-M2.1 applies constraints to layers only: {@code
 * ComputationGraph.applyConstraints} passes vertices by.
 *
 * @param shape of the parameter, which the updater knows as a row
 */
record ConstraintProjection(BaseConstraint constraint, long... shape) implements Regularization {
  private static final long serialVersionUID = 1L;

  @Override
  public ApplyStep applyStep() {
    return ApplyStep.POST_UPDATER;
  }

  /** Changes the update so that {@code parameter - update} fulfils the constraint. */
  @Override
  public void apply(
      INDArray parameter, INDArray update, double learningRate, int iteration, int epoch) {
    INDArray next = parameter.sub(update).reshape('c', shape);
    constraint.apply(next);
    update.assign(parameter.sub(next.reshape('c', parameter.shape())));
  }

  @Override
  public double score(INDArray parameter, int iteration, int epoch) {
    return 0;
  }

  @Override
  public Regularization clone() {
    return this;
  }
}
