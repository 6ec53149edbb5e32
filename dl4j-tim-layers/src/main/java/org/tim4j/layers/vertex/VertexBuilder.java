package org.tim4j.layers.vertex;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.constraint.BaseConstraint;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.tim4j.layers.base.TimRuntime;

/**
 * What the builders of all vertices share: the runtime and how the vertex is trained. What is left
 * out is taken from the network's configuration.
 *
 * @param <D> what the vertex computes
 * @param <B> the builder itself
 */
public abstract class VertexBuilder<D extends VertexDefinition, B extends VertexBuilder<D, B>> {
  private TimRuntime runtime = TimRuntime.SAMEDIFF;
  private IUpdater updater;
  private IUpdater biasUpdater;
  private List<Regularization> regularization;
  private List<Regularization> biasRegularization;
  private List<BaseConstraint> constraints = List.of();
  private GradientNormalization gradientNormalization;
  private double gradientNormalizationThreshold = Double.NaN;

  /**
   * Returns the mathematics alone, for a vertex that holds it as a part.
   *
   * @throws org.tim4j.layers.base.InvalidInputException if a setting is missing or does not fit
   */
  public abstract D definition();

  /** Returns this builder as what it is. */
  protected abstract B self();

  /**
   * Returns the configuration of a vertex, for {@code addVertex} of a graph or a {@link
   * VertexLayer}.
   *
   * @throws org.tim4j.layers.base.InvalidInputException if a setting is missing or does not fit
   */
  public final TimVertex<D> build() {
    TimVertex<D> vertex = new TimVertex<>(definition(), runtime);
    vertex.setUpdater(updater);
    vertex.setBiasUpdater(biasUpdater);
    vertex.setRegularization(regularization);
    vertex.setRegularizationBias(biasRegularization);
    vertex.setConstraints(constraints);
    vertex.setGradientNormalization(gradientNormalization);
    vertex.setGradientNormalizationThreshold(gradientNormalizationThreshold);
    return vertex;
  }

  /** What computes the vertex; {@link TimRuntime#SAMEDIFF} unless set. */
  public final B runtime(TimRuntime value) {
    runtime = value;
    return self();
  }

  /** The updater of all parameters, or of the matrices if {@link #biasUpdater} is set too. */
  public final B updater(IUpdater value) {
    updater = value;
    return self();
  }

  /** The updater of biases and gains. */
  public final B biasUpdater(IUpdater value) {
    biasUpdater = value;
    return self();
  }

  /** Penalties or decay of the matrices; call without arguments for none. */
  public final B regularization(Regularization... values) {
    regularization = new ArrayList<>(List.of(values));
    return self();
  }

  /** Penalties or decay of biases and gains; call without arguments for none. */
  public final B biasRegularization(Regularization... values) {
    biasRegularization = new ArrayList<>(List.of(values));
    return self();
  }

  /**
   * Constraints that the matrices fulfil after each update; none unless set. Dimension 0 is that of
   * the inputs.
   */
  public final B constrainWeights(BaseConstraint... values) {
    constraints = List.of(values);
    return self();
  }

  /**
   * How the vertex's gradient is normalised or clipped.
   *
   * @param threshold used by those kinds that clip; greater than 0
   */
  public final B gradientNormalization(GradientNormalization kind, double threshold) {
    gradientNormalization = kind;
    gradientNormalizationThreshold = threshold;
    return self();
  }
}
