package org.tim4j.objective.dropin;

import java.util.Objects;
import java.util.stream.IntStream;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.NonFiniteException;
import org.tim4j.objective.array.Doubles;
import org.tim4j.objective.dropin.StackedLabels.Column;
import org.tim4j.objective.loss.DirectionalPart;
import org.tim4j.objective.loss.Distance;
import org.tim4j.objective.loss.SampleScale;
import org.tim4j.objective.loss.TransitionLossValue;

/**
 * The transition loss as a Deeplearning4j loss function, for batches that {@link
 * StateTransitionPreProcessor} made.
 *
 * <p>Targets are formed from the predictions at the points of the finite difference, which get no
 * gradient. Deeplearning4j divides sums over the rows of a batch by their number; score and
 * gradient are scaled so that what remains is the mean over the samples. That needs the default
 * {@code miniBatch(true)} and an output without masks.
 */
public final class StateTransitionLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private final DirectionalPart directional;
  private final SampleScale scale;
  private final int channels;
  private final String transport;

  /**
   * @param directional the cosine part of the distance
   * @param scale the adaptive scale, or none
   * @param channels channels of the pictures
   * @param transport name of the transport, for messages
   */
  @JsonCreator
  public StateTransitionLoss(
      @JsonProperty("directional") DirectionalPart directional,
      @JsonProperty("scale") SampleScale scale,
      @JsonProperty("channels") int channels,
      @JsonProperty("transport") String transport) {
    this.directional = Require.present("directional", directional);
    this.scale = Require.present("scale", scale);
    this.channels = Require.atLeast("channels", channels, 1);
    this.transport = Require.present("transport", transport);
  }

  @JsonProperty("directional")
  public DirectionalPart directional() {
    return directional;
  }

  @JsonProperty("scale")
  public SampleScale scale() {
    return scale;
  }

  @JsonProperty("channels")
  public int channels() {
    return channels;
  }

  @JsonProperty("transport")
  public String transport() {
    return transport;
  }

  @Override
  public String name() {
    return "StateTransitionLoss";
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    double mean = evaluate(labels, preOutput, activation, mask).weighted();
    return average ? mean : mean * labels.size(0);
  }

  /** Returns the score of each row; rows of the finite difference have none. */
  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    TransitionLossValue value = evaluate(labels, preOutput, activation, mask);
    double[] scores = new double[(int) labels.size(0)];
    for (int i = 0; i < value.squaredError().length; i++) {
      scores[i] = value.intervalWeight()[i] * value.sampleScale()[i] * value.distance(i);
    }
    return Doubles.toArray(scores, preOutput, scores.length, 1);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    INDArray ofSamples = evaluate(labels, preOutput, activation, mask).gradient();
    long samples = ofSamples.size(0);
    INDArray gradient = Nd4j.zeros(preOutput.dataType(), preOutput.shape());
    gradient
        .get(NDArrayIndex.interval(0, samples), NDArrayIndex.all())
        .assign(ofSamples.reshape(samples, preOutput.size(1)));
    gradient.muli(labels.size(0));
    return activation.backprop(preOutput.dup(), gradient).getFirst();
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    return Pair.of(
        computeScore(labels, preOutput, activation, mask, average),
        computeGradient(labels, preOutput, activation, mask));
  }

  /** Returns the distance of each sample's prediction from its target. */
  double[] distances(INDArray labels, INDArray output) {
    TransitionLossValue value = evaluate(labels, output, new ActivationIdentity(), null);
    return IntStream.range(0, value.squaredError().length).mapToDouble(value::distance).toArray();
  }

  private TransitionLossValue evaluate(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    INDArray output = activation.getActivation(preOutput.dup(), true);
    StackedLabels stacked = requireStacked(labels, output, mask);
    double[] f = Doubles.of(output);
    int width = stacked.dataWidth();
    int samples = stacked.samples();
    double[] prediction = new double[samples * width];
    double[] target = new double[samples * width];
    double[] weights = new double[samples];
    System.arraycopy(f, 0, prediction, 0, prediction.length);
    for (int i = 0; i < samples; i++) {
      weights[i] = stacked.get(i, Column.WEIGHT);
      for (int j = 0; j < width; j++) {
        target[i * width + j] = stacked.data(i, j);
      }
    }
    for (int p = samples; p < stacked.rows(); p++) {
      double coefficient = stacked.get(p, Column.COEFFICIENT);
      int to = stacked.owner(p) * width;
      for (int j = 0; j < width; j++) {
        target[to + j] += coefficient * f[p * width + j];
      }
    }
    long[] shape = {samples, channels, width / channels, 1};
    TransitionLossValue value =
        new Distance(directional, scale)
            .evaluate(
                Doubles.toArray(prediction, output, shape),
                Doubles.toArray(target, output, shape),
                weights);
    for (int i = 0; i < samples; i++) {
      if (!Double.isFinite(value.distance(i))) {
        throw new NonFiniteException(
            "the loss", i, stacked.get(i, Column.T), stacked.get(i, Column.R), transport);
      }
    }
    return value;
  }

  private StackedLabels requireStacked(INDArray labels, INDArray output, INDArray mask) {
    if (mask != null) {
      throw new InvalidInputException(
          "the transition loss takes no mask; remove the label mask from the data");
    }
    StackedLabels stacked = StackedLabels.of(labels);
    if (output.rank() != 2
        || stacked.rows() != output.size(0)
        || stacked.dataWidth() != output.size(1)
        || output.size(1) % channels != 0) {
      throw new InvalidInputException(
          "labels of shape ["
              + labels.size(0)
              + ", "
              + labels.size(1)
              + "] do not belong to predictions of shape ["
              + output.size(0)
              + ", "
              + output.size(1)
              + "]; give the iterator a StateTransitionPreProcessor");
    }
    return stacked;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StateTransitionLoss that
        && directional == that.directional
        && scale == that.scale
        && channels == that.channels
        && transport.equals(that.transport);
  }

  @Override
  public int hashCode() {
    return Objects.hash(directional, scale, channels, transport);
  }

  @Override
  public String toString() {
    return name()
        + "("
        + directional
        + ", "
        + scale
        + ", "
        + channels
        + " channels, "
        + transport
        + ")";
  }
}
