package org.tim4j.tribuo;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.Map;
import org.tim4j.tribuo.condition.RegressorConditionConverter;
import org.tim4j.tribuo.config.ConfigCheck;
import org.tim4j.tribuo.config.TransitionSettings;
import org.tim4j.tribuo.encoding.Scaling;
import org.tim4j.tribuo.encoding.TabularEncoding;
import org.tim4j.tribuo.generator.ConditionedVectors;
import org.tim4j.tribuo.generator.VectorGenerator;
import org.tim4j.tribuo.generator.VectorGeneratorTrainer;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Trainer;
import org.tribuo.WeightedExamples;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;
import org.tribuo.regression.Regressor;

/**
 * Trains a probabilistic regression, {@code p(output | features)}, as a transition model of the
 * outputs that is conditioned on the features (arXiv 2509.04394).
 */
public final class TimRegressionTrainer implements Trainer<Regressor>, WeightedExamples {
  @Config(description = "Network and training.")
  private TransitionSettings settings = TransitionSettings.builder().jitter(0.05).build();

  @Config(description = "How numeric features are brought to unit scale.")
  private Scaling scaling = Scaling.STANDARD;

  @Config(
      description =
          "What stands between field and category in the names of one-hot features; empty if there"
              + " are none.")
  private String oneHotSeparator = "@";

  @Config(description = "Samples behind the mean and the variance of a prediction.")
  private int samples = 200;

  @Config(description = "Network evaluations per sample.")
  private int evaluations = 8;

  @Config(description = "Seed of the random numbers.")
  private long seed = Trainer.DEFAULT_SEED;

  private InvocationSeeds seeds;

  /** For OLCUT. */
  private TimRegressionTrainer() {}

  /**
   * Constructs a trainer.
   *
   * @param settings network and training
   * @param scaling how numeric features are brought to unit scale
   * @param seed seed of the random numbers
   */
  public TimRegressionTrainer(TransitionSettings settings, Scaling scaling, long seed) {
    this.settings = settings;
    this.scaling = scaling;
    this.seed = seed;
    postConfig();
  }

  /** Used by the OLCUT configuration system, and should not be called by external code. */
  @Override
  public synchronized void postConfig() {
    ConfigCheck.require(samples >= 2, "samples", "at least 2", samples);
    ConfigCheck.require(evaluations >= 1, "evaluations", "at least 1", evaluations);
    seeds = new InvocationSeeds(seed, 0);
  }

  @Override
  public TimRegressionModel train(Dataset<Regressor> examples) {
    return train(examples, Collections.emptyMap());
  }

  @Override
  public TimRegressionModel train(
      Dataset<Regressor> examples, Map<String, Provenance> runProvenance) {
    return train(examples, runProvenance, INCREMENT_INVOCATION_COUNT);
  }

  /**
   * Trains a regression.
   *
   * @throws IllegalArgumentException if the data set is empty, hashes its feature names, holds
   *     unknown outputs or values that are not finite, or if none of its features varies
   * @throws org.tim4j.objective.training.DivergenceException if the training diverges
   */
  @Override
  public TimRegressionModel train(
      Dataset<Regressor> examples, Map<String, Provenance> runProvenance, int invocationCount) {
    TimTrainer.requireSupervised(examples);
    long trainingSeed;
    TrainerProvenance trainerProvenance;
    synchronized (this) {
      if (invocationCount != INCREMENT_INVOCATION_COUNT) {
        setInvocationCount(invocationCount);
      }
      trainerProvenance = getProvenance();
      trainingSeed = seeds.next();
    }
    TabularEncoding encoding = TabularEncoding.fit(examples, scaling, oneHotSeparator);
    ImmutableOutputInfo<Regressor> outputInfo = examples.getOutputIDInfo();
    RegressorConditionConverter outputs = new RegressorConditionConverter();
    ConditionedVectors rows = new ConditionedVectors();
    for (Example<Regressor> example : examples) {
      rows.add(
          outputs.convert(example.getOutput(), outputInfo),
          encoding.encode(example),
          example.getWeight());
    }
    VectorGenerator generator = new VectorGeneratorTrainer(settings).train(rows, trainingSeed);
    ModelProvenance provenance =
        new ModelProvenance(
            TimRegressionModel.class.getName(),
            OffsetDateTime.now(),
            examples.getProvenance(),
            trainerProvenance,
            runProvenance);
    return new TimRegressionModel(
        "tim-regression-model",
        provenance,
        examples.getFeatureIDMap(),
        outputInfo,
        new TimRegressionModel.Parts(encoding, generator, samples, evaluations, trainingSeed));
  }

  @Override
  public synchronized int getInvocationCount() {
    return seeds.count();
  }

  @Override
  public synchronized void setInvocationCount(int invocationCount) {
    seeds = new InvocationSeeds(seed, invocationCount);
  }

  @Override
  public synchronized TrainerProvenance getProvenance() {
    return new TrainerProvenanceImpl(this);
  }

  @Override
  public String toString() {
    return "TimRegressionTrainer(scaling="
        + scaling
        + ",samples="
        + samples
        + ",seed="
        + seed
        + ")";
  }
}
