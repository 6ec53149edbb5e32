package org.tim4j.tribuo;

import com.oracle.labs.mlrg.olcut.config.Config;
import java.util.Collections;
import org.tim4j.tribuo.condition.RegressorConditionConverter;
import org.tim4j.tribuo.config.ConfigCheck;
import org.tim4j.tribuo.config.TransitionSettings;
import org.tim4j.tribuo.encoding.Scaling;
import org.tim4j.tribuo.encoding.TabularEncoding;
import org.tim4j.tribuo.generator.ConditionedVectors;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Trainer;
import org.tribuo.regression.Regressor;

/**
 * Trains a probabilistic regression, {@code p(output | features)}, as a transition model of the
 * outputs that is conditioned on the features (arXiv 2509.04394).
 */
public final class TimRegressionTrainer extends ConfiguredTrainer<Regressor, TimRegressionModel> {
  @Config(description = "Samples behind the mean and the variance of a prediction.")
  private int samples = 200;

  @Config(description = "Network evaluations per sample.")
  private int evaluations = 8;

  /** For OLCUT. */
  private TimRegressionTrainer() {
    super(TransitionSettings.regressionBuilder().build(), Scaling.STANDARD, Trainer.DEFAULT_SEED);
  }

  /**
   * Constructs a trainer.
   *
   * @param settings network and training
   * @param scaling how numeric features are brought to unit scale
   * @param seed seed of the random numbers
   */
  public TimRegressionTrainer(TransitionSettings settings, Scaling scaling, long seed) {
    super(settings, scaling, seed);
  }

  /** Used by the OLCUT configuration system, and should not be called by external code. */
  @Override
  public synchronized void postConfig() {
    ConfigCheck.require(samples >= 2, "samples", "at least 2", samples);
    ConfigCheck.require(evaluations >= 1, "evaluations", "at least 1", evaluations);
    super.postConfig();
  }

  @Override
  Untrained<TimRegressionModel> prepare(
      Dataset<Regressor> examples, TabularEncoding encoding, long trainingSeed) {
    ImmutableOutputInfo<Regressor> outputInfo = examples.getOutputIDInfo();
    RegressorConditionConverter outputs = new RegressorConditionConverter();
    ConditionedVectors rows =
        new ConditionedVectors(Collections.nCopies(outputs.dimension(outputInfo), 1));
    for (Example<Regressor> example : examples) {
      rows.add(
          outputs.convert(example.getOutput(), outputInfo),
          encoding.encode(example),
          example.getWeight());
    }
    return new Untrained<>(
        TimRegressionModel.class,
        rows,
        (generator, provenance) ->
            new TimRegressionModel(
                "tim-regression-model",
                provenance,
                examples.getFeatureIDMap(),
                outputInfo,
                new TimRegressionModel.Parts(
                    encoding, generator, samples, evaluations, trainingSeed)));
  }

  @Override
  public String toString() {
    return "TimRegressionTrainer(" + description() + ",samples=" + samples + ")";
  }
}
