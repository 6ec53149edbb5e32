package org.tim4j.tribuo;

import com.oracle.labs.mlrg.olcut.config.Option;
import org.tim4j.objective.training.DerivativeSettings;
import org.tim4j.tribuo.condition.LabelConditionConverter;
import org.tim4j.tribuo.config.Tokenization;
import org.tim4j.tribuo.config.TransitionSettings;
import org.tim4j.tribuo.encoding.Scaling;
import org.tribuo.Trainer;
import org.tribuo.classification.ClassificationOptions;
import org.tribuo.classification.Label;

/** Command line options of a {@link TimTrainer} of labelled examples. */
public final class TimOptions implements ClassificationOptions<TimTrainer<Label>> {
  private static final TransitionSettings DEFAULTS = TransitionSettings.defaults();

  @Option(
      longName = "tim-steps",
      usage = "Number of training steps; 0 for as many as the rows need.")
  public int timSteps = DEFAULTS.steps();

  @Option(
      longName = "tim-batch-size",
      usage = "Rows in a training step; 0 for as many as suit the table.")
  public int timBatchSize = DEFAULTS.batchSize();

  @Option(longName = "tim-learning-rate", usage = "Learning rate of AdamW.")
  public double timLearningRate = DEFAULTS.learningRate();

  @Option(longName = "tim-weight-decay", usage = "Decoupled weight decay of AdamW.")
  public double timWeightDecay = DEFAULTS.weightDecay();

  @Option(longName = "tim-average-decay", usage = "Decay of the parameters' moving average.")
  public double timAverageDecay = DEFAULTS.averageDecay();

  @Option(longName = "tim-tokenization", usage = "Whether a token is a whole row or a feature.")
  public Tokenization timTokenization = DEFAULTS.tokenization();

  @Option(
      longName = "tim-hidden-size",
      usage = "Width of the network; 0 for what suits the code of a row.")
  public int timHiddenSize = DEFAULTS.hiddenSize();

  @Option(longName = "tim-depth", usage = "Number of transformer blocks.")
  public int timDepth = DEFAULTS.depth();

  @Option(longName = "tim-heads", usage = "Number of attention heads.")
  public int timHeads = DEFAULTS.heads();

  @Option(longName = "tim-transport", usage = "The path between data and noise.")
  public String timTransport = DEFAULTS.transportName();

  @Option(longName = "tim-derivative", usage = "How the network's time derivative is found.")
  public DerivativeSettings.Method timDerivative = DEFAULTS.derivative();

  @Option(longName = "tim-diffusion-ratio", usage = "Part of a batch that learns velocities.")
  public double timDiffusionRatio = DEFAULTS.diffusionRatio();

  @Option(longName = "tim-consistency-ratio", usage = "Part of a batch that jumps to the data.")
  public double timConsistencyRatio = DEFAULTS.consistencyRatio();

  @Option(longName = "tim-weighting-exponent", usage = "Exponent of the interval weighting.")
  public double timWeightingExponent = DEFAULTS.weightingExponent();

  @Option(longName = "tim-jitter", usage = "Noise added to the scaled training rows.")
  public double timJitter = DEFAULTS.jitter();

  @Option(longName = "tim-scaling", usage = "How numeric features are brought to unit scale.")
  public Scaling timScaling = Scaling.QUANTILE;

  @Option(longName = "tim-seed", usage = "Seed of the random numbers.")
  public long timSeed = Trainer.DEFAULT_SEED;

  /** Constructs options with the defaults of {@link TransitionSettings}. */
  public TimOptions() {}

  @Override
  public String getOptionsDescription() {
    return "Options of a generator of examples given their labels.";
  }

  /**
   * Returns the trainer.
   *
   * @throws com.oracle.labs.mlrg.olcut.config.PropertyException if an option is out of range
   */
  @Override
  public TimTrainer<Label> getTrainer() {
    TransitionSettings settings =
        TransitionSettings.builder()
            .steps(timSteps)
            .batchSize(timBatchSize)
            .learningRate(timLearningRate)
            .weightDecay(timWeightDecay)
            .averageDecay(timAverageDecay)
            .tokenization(timTokenization)
            .hiddenSize(timHiddenSize)
            .depth(timDepth)
            .heads(timHeads)
            .transport(timTransport)
            .derivative(timDerivative)
            .diffusionRatio(timDiffusionRatio)
            .consistencyRatio(timConsistencyRatio)
            .weightingExponent(timWeightingExponent)
            .jitter(timJitter)
            .build();
    return new TimTrainer<>(new LabelConditionConverter(), settings, timScaling, timSeed);
  }
}
