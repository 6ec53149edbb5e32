package org.tim4j.tribuo;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.Map;
import org.tim4j.tribuo.config.TransitionSettings;
import org.tim4j.tribuo.encoding.Scaling;
import org.tim4j.tribuo.encoding.TabularEncoding;
import org.tim4j.tribuo.generator.ConditionedVectors;
import org.tim4j.tribuo.generator.VectorGenerator;
import org.tim4j.tribuo.generator.VectorGeneratorTrainer;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.Trainer;
import org.tribuo.WeightedExamples;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;

/**
 * What the trainers of this package share: their settings, the count of their invocations, and the
 * order of a training.
 *
 * <p>Trainings are safe to run at the same time: what one gives depends on the seed and the
 * invocation count alone.
 *
 * @param <T> the type of output
 * @param <M> the type of model
 */
abstract class ConfiguredTrainer<T extends Output<T>, M extends Model<T>>
    implements Trainer<T>, WeightedExamples {
  @Config(description = "Network and training.")
  private TransitionSettings settings;

  @Config(description = "How numeric features are brought to unit scale.")
  private Scaling scaling;

  @Config(
      description =
          "What stands between field and category in the names of one-hot features; empty if there"
              + " are none.")
  private String oneHotSeparator = "@";

  @Config(description = "Seed of the random numbers.")
  private long seed;

  private InvocationSeeds seeds;

  ConfiguredTrainer(TransitionSettings settings, Scaling scaling, long seed) {
    this.settings = settings;
    this.scaling = scaling;
    this.seed = seed;
    this.seeds = new InvocationSeeds(seed, 0);
  }

  /** Used by the OLCUT configuration system, and should not be called by external code. */
  @Override
  public synchronized void postConfig() {
    seeds = new InvocationSeeds(seed, 0);
  }

  @Override
  public M train(Dataset<T> examples) {
    return train(examples, Collections.emptyMap());
  }

  @Override
  public M train(Dataset<T> examples, Map<String, Provenance> runProvenance) {
    return train(examples, runProvenance, INCREMENT_INVOCATION_COUNT);
  }

  /**
   * Trains a model.
   *
   * @throws IllegalArgumentException if the data set is empty, hashes its feature names, holds
   *     unknown outputs, examples without features or values that are not finite, or if none of its
   *     features varies
   * @throws org.tim4j.objective.training.DivergenceException if the training diverges
   */
  @Override
  public M train(Dataset<T> examples, Map<String, Provenance> runProvenance, int invocationCount) {
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
    Untrained<M> untrained = prepare(examples, encoding, trainingSeed);
    VectorGenerator generator =
        new VectorGeneratorTrainer(settings).train(untrained.rows(), trainingSeed);
    return untrained
        .completion()
        .complete(
            generator,
            new ModelProvenance(
                untrained.modelClass().getName(),
                OffsetDateTime.now(),
                examples.getProvenance(),
                trainerProvenance,
                runProvenance));
  }

  private static void requireSupervised(Dataset<?> examples) {
    if (examples.size() == 0) {
      throw new IllegalArgumentException("The supplied Dataset is empty; supply examples.");
    }
    if (examples.getOutputInfo().getUnknownCount() > 0) {
      throw new IllegalArgumentException(
          "The supplied Dataset contains unknown outputs, and this trainer is supervised; remove"
              + " those examples.");
    }
  }

  /**
   * A model that lacks its network.
   *
   * @param modelClass the class of the model
   * @param rows what the network is trained on
   * @param completion makes the model
   */
  record Untrained<M>(Class<?> modelClass, ConditionedVectors rows, Completion<M> completion) {}

  /** Makes a model of what is known before and after the training of its network. */
  interface Completion<M> {
    M complete(VectorGenerator generator, ModelProvenance provenance);
  }

  /** Turns examples into what the network is trained on, without changing them. */
  abstract Untrained<M> prepare(Dataset<T> examples, TabularEncoding encoding, long trainingSeed);

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

  /** The shared settings, for the description of a trainer. */
  String description() {
    return "scaling=" + scaling + ",seed=" + seed;
  }
}
