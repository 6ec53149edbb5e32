package org.tim4j.tribuo;

import com.oracle.labs.mlrg.olcut.config.Config;
import org.tim4j.tribuo.condition.ConditionConverter;
import org.tim4j.tribuo.condition.OutputPrior;
import org.tim4j.tribuo.config.ConfigCheck;
import org.tim4j.tribuo.config.TransitionSettings;
import org.tim4j.tribuo.encoding.Scaling;
import org.tim4j.tribuo.encoding.TabularEncoding;
import org.tim4j.tribuo.generator.ConditionedVectors;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Output;
import org.tribuo.Trainer;

/**
 * Trains a generator of examples given their output, {@code p(features | output)}, as a transition
 * model (arXiv 2509.04394).
 *
 * <p>Features are encoded as {@link TabularEncoding} describes. Examples are drawn in proportion to
 * their weights.
 *
 * @param <T> the type of output
 */
public final class TimTrainer<T extends Output<T>> extends ConfiguredTrainer<T, TimModel<T>> {
  @Config(mandatory = true, description = "Turns outputs into conditions of the generator.")
  private ConditionConverter<T> conditionConverter;

  @Config(description = "Network evaluations per candidate output of a prediction.")
  private int likelihoodEvaluations = 64;

  /** For OLCUT. */
  private TimTrainer() {
    super(TransitionSettings.defaults(), Scaling.QUANTILE, Trainer.DEFAULT_SEED);
  }

  /**
   * Constructs a trainer with the default encoding.
   *
   * @param conditionConverter turns outputs into conditions
   * @param settings network and training
   * @param seed seed of the random numbers
   */
  public TimTrainer(
      ConditionConverter<T> conditionConverter, TransitionSettings settings, long seed) {
    this(conditionConverter, settings, Scaling.QUANTILE, seed);
  }

  /**
   * Constructs a trainer.
   *
   * @param conditionConverter turns outputs into conditions
   * @param settings network and training
   * @param scaling how numeric features are brought to unit scale
   * @param seed seed of the random numbers
   */
  public TimTrainer(
      ConditionConverter<T> conditionConverter,
      TransitionSettings settings,
      Scaling scaling,
      long seed) {
    super(settings, scaling, seed);
    this.conditionConverter = conditionConverter;
  }

  /** Used by the OLCUT configuration system, and should not be called by external code. */
  @Override
  public synchronized void postConfig() {
    ConfigCheck.require(
        likelihoodEvaluations >= 1, "likelihoodEvaluations", "at least 1", likelihoodEvaluations);
    super.postConfig();
  }

  @Override
  Untrained<TimModel<T>> prepare(Dataset<T> examples, TabularEncoding encoding, long trainingSeed) {
    ImmutableOutputInfo<T> outputInfo = examples.getOutputIDInfo();
    OutputPrior<T> prior = OutputPrior.fit(examples, conditionConverter, outputInfo, trainingSeed);
    ConditionedVectors rows = new ConditionedVectors(encoding.widths());
    for (Example<T> example : examples) {
      rows.add(
          encoding.encode(example),
          conditionConverter.convert(example.getOutput(), outputInfo),
          example.getWeight());
    }
    return new Untrained<>(
        TimModel.class,
        rows,
        (generator, provenance) ->
            new TimModel<>(
                "tim-model",
                provenance,
                examples.getFeatureIDMap(),
                outputInfo,
                new TimModel.Parts<>(
                    examples.getOutputFactory(),
                    conditionConverter,
                    encoding,
                    prior,
                    generator,
                    likelihoodEvaluations)));
  }

  @Override
  public String toString() {
    return "TimTrainer(conditionConverter=" + conditionConverter + "," + description() + ")";
  }
}
