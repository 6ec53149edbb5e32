package org.tim4j.objective.training;

import org.tim4j.layers.base.Require;
import org.tim4j.objective.interval.IntervalSampler;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.loss.DirectionalPart;
import org.tim4j.objective.loss.GuidanceFreeTraining;
import org.tim4j.objective.loss.RepresentationAlignment;
import org.tim4j.objective.loss.SampleScale;
import org.tim4j.objective.loss.TransitionLoss;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.TimeLaw;
import org.tim4j.objective.transport.Transport;

/**
 * Everything that shapes a training run apart from the network and the data.
 *
 * @param seed seed of every draw
 * @param steps steps to make in all, at least 0
 * @param batchSize examples of a step, at least 1
 * @param transport path between data and noise
 * @param intervals draws of start and target times
 * @param derivative how the time derivative is computed
 * @param loss distance, interval weighting and adaptive scale
 * @param guidance guidance learned in training, or null for none
 * @param alignment weight of the representation alignment, where the examples come with features
 * @param optimizer AdamW's settings
 * @param average decay of the moving average that samples are made with
 * @param conditionDropout probability that an example's condition is replaced by the null condition
 */
public record TrainingConfig(
    long seed,
    int steps,
    int batchSize,
    Transport transport,
    IntervalSampler intervals,
    DerivativeSettings derivative,
    TransitionLoss loss,
    GuidanceFreeTraining guidance,
    RepresentationAlignment alignment,
    AdamWSettings optimizer,
    AverageDecay average,
    double conditionDropout) {
  public TrainingConfig {
    Require.atLeast("steps", steps, 0);
    Require.atLeast("batchSize", batchSize, 1);
    Require.present("transport", transport);
    Require.present("intervals", intervals);
    Require.present("derivative", derivative);
    Require.present("loss", loss);
    Require.present("alignment", alignment);
    Require.present("optimizer", optimizer);
    Require.present("average", average);
    Require.between("conditionDropout", conditionDropout, 0, 1);
  }

  /** Starts from the published settings of the class-conditional models. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts from these settings. */
  public Builder toBuilder() {
    return new Builder()
        .seed(seed)
        .steps(steps)
        .batchSize(batchSize)
        .transport(transport)
        .intervals(intervals)
        .derivative(derivative)
        .loss(loss)
        .guidance(guidance)
        .alignment(alignment)
        .optimizer(optimizer)
        .average(average)
        .conditionDropout(conditionDropout);
  }

  /** Collects settings; each has the published value until it is set. */
  public static final class Builder {
    private long seed = 1;
    private int steps = 1000;
    private int batchSize = 128;
    private Transport transport = new OtFlowMatching(new TimeLaw.LogitNormal(-0.4, 1), 1);
    private IntervalSampler intervals = IntervalSampler.standard();
    private DerivativeSettings derivative = DerivativeSettings.standard();
    private TransitionLoss loss =
        new TransitionLoss(
            IntervalWeighting.standard(), DirectionalPart.NONE, SampleScale.ADAPTIVE);
    private GuidanceFreeTraining guidance;
    private RepresentationAlignment alignment = new RepresentationAlignment(1);
    private AdamWSettings optimizer = AdamWSettings.published();
    private AverageDecay average = AverageDecay.published();
    private double conditionDropout = 0.1;

    private Builder() {}

    /** Sets what distinguishes a method from the others; call it before finer settings. */
    public Builder method(TrainingMethod method) {
      method.apply(this);
      return this;
    }

    public Builder seed(long value) {
      seed = value;
      return this;
    }

    public Builder steps(int value) {
      steps = value;
      return this;
    }

    public Builder batchSize(int value) {
      batchSize = value;
      return this;
    }

    public Builder transport(Transport value) {
      transport = value;
      return this;
    }

    public Builder intervals(IntervalSampler value) {
      intervals = value;
      return this;
    }

    public Builder derivative(DerivativeSettings value) {
      derivative = value;
      return this;
    }

    public Builder loss(TransitionLoss value) {
      loss = value;
      return this;
    }

    /** Sets guidance to be learned in training; null, the default, for none. */
    public Builder guidance(GuidanceFreeTraining value) {
      guidance = value;
      return this;
    }

    public Builder alignment(RepresentationAlignment value) {
      alignment = value;
      return this;
    }

    public Builder optimizer(AdamWSettings value) {
      optimizer = value;
      return this;
    }

    public Builder average(AverageDecay value) {
      average = value;
      return this;
    }

    public Builder conditionDropout(double value) {
      conditionDropout = value;
      return this;
    }

    /**
     * Returns the settings.
     *
     * @throws org.tim4j.layers.base.InvalidInputException if one is missing or out of range
     */
    public TrainingConfig build() {
      return new TrainingConfig(
          seed,
          steps,
          batchSize,
          transport,
          intervals,
          derivative,
          loss,
          guidance,
          alignment,
          optimizer,
          average,
          conditionDropout);
    }
  }
}
