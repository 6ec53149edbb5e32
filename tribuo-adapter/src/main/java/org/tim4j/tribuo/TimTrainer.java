package org.tim4j.tribuo;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.Map;
import org.tim4j.tribuo.condition.ConditionConverter;
import org.tim4j.tribuo.condition.OutputPrior;
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
import org.tribuo.Output;
import org.tribuo.Trainer;
import org.tribuo.WeightedExamples;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;

/**
 * Trains a generator of examples given their output, {@code p(features | output)}, as a transition
 * model (arXiv 2509.04394).
 *
 * <p>Features are encoded as {@link TabularEncoding} describes. Examples are drawn in proportion to
 * their weights.
 *
 * @param <T> the type of output
 */
public final class TimTrainer<T extends Output<T>> implements Trainer<T>, WeightedExamples {
  @Config(mandatory = true, description = "Turns outputs into conditions of the generator.")
  private ConditionConverter<T> conditionConverter;

  @Config(description = "Network and training.")
  private TransitionSettings settings = TransitionSettings.defaults();

  @Config(description = "How numeric features are brought to unit scale.")
  private Scaling scaling = Scaling.QUANTILE;

  @Config(
      description =
          "What stands between field and category in the names of one-hot features; empty if there"
              + " are none.")
  private String oneHotSeparator = "@";

  @Config(description = "Network evaluations per candidate output of a prediction.")
  private int likelihoodEvaluations = 64;

  @Config(description = "Seed of the random numbers.")
  private long seed = Trainer.DEFAULT_SEED;

  private InvocationSeeds seeds;

  /** For OLCUT. */
  private TimTrainer() {}

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
    this.conditionConverter = conditionConverter;
    this.settings = settings;
    this.scaling = scaling;
    this.seed = seed;
    postConfig();
  }

  /** Used by the OLCUT configuration system, and should not be called by external code. */
  @Override
  public synchronized void postConfig() {
    ConfigCheck.require(
        likelihoodEvaluations >= 1, "likelihoodEvaluations", "at least 1", likelihoodEvaluations);
    seeds = new InvocationSeeds(seed, 0);
  }

  @Override
  public TimModel<T> train(Dataset<T> examples) {
    return train(examples, Collections.emptyMap());
  }

  @Override
  public TimModel<T> train(Dataset<T> examples, Map<String, Provenance> runProvenance) {
    return train(examples, runProvenance, INCREMENT_INVOCATION_COUNT);
  }

  /**
   * Trains a generator.
   *
   * @throws IllegalArgumentException if the data set is empty, hashes its feature names, holds
   *     unknown outputs or values that are not finite, or if none of its features varies
   * @throws org.tim4j.objective.training.DivergenceException if the training diverges
   */
  @Override
  public TimModel<T> train(
      Dataset<T> examples, Map<String, Provenance> runProvenance, int invocationCount) {
    requireSupervised(examples);
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
    ImmutableOutputInfo<T> outputInfo = examples.getOutputIDInfo();
    OutputPrior<T> prior = OutputPrior.fit(examples, conditionConverter, outputInfo, trainingSeed);
    ConditionedVectors rows = rows(examples, encoding, outputInfo);
    VectorGenerator generator = new VectorGeneratorTrainer(settings).train(rows, trainingSeed);
    ModelProvenance provenance =
        new ModelProvenance(
            TimModel.class.getName(),
            OffsetDateTime.now(),
            examples.getProvenance(),
            trainerProvenance,
            runProvenance);
    return new TimModel<>(
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
            likelihoodEvaluations));
  }

  static void requireSupervised(Dataset<?> examples) {
    if (examples.size() == 0) {
      throw new IllegalArgumentException("The supplied Dataset is empty; supply examples.");
    }
    if (examples.getOutputInfo().getUnknownCount() > 0) {
      throw new IllegalArgumentException(
          "The supplied Dataset contains unknown outputs, and this trainer is supervised; remove"
              + " those examples.");
    }
  }

  private ConditionedVectors rows(
      Dataset<T> examples, TabularEncoding encoding, ImmutableOutputInfo<T> outputInfo) {
    ConditionedVectors rows = new ConditionedVectors();
    for (Example<T> example : examples) {
      rows.add(
          encoding.encode(example),
          conditionConverter.convert(example.getOutput(), outputInfo),
          example.getWeight());
    }
    return rows;
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
    return "TimTrainer(conditionConverter="
        + conditionConverter
        + ",scaling="
        + scaling
        + ",seed="
        + seed
        + ")";
  }
}
