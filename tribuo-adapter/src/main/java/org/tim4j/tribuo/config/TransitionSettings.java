package org.tim4j.tribuo.config;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenancable;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.objective.loss.SampleScale;
import org.tim4j.objective.training.DerivativeSettings;
import org.tim4j.objective.training.RunSettings;
import org.tim4j.objective.transport.Transport;

/**
 * Network and training of a transition model of table rows: the properties that Tribuo's
 * configuration files give, as a view of the {@link RunSettings} that {@link RowSettings} makes of
 * them.
 *
 * <p>Immutable after its construction by {@link #builder()} or by a configuration file.
 */
public final class TransitionSettings
    implements Configurable, Provenancable<ConfiguredObjectProvenance> {
  @Config(
      description =
          "Number of training steps; 0 for 500, growing as the root of the rows beyond 150.")
  private int steps = 0;

  @Config(description = "Rows in a training step; 0 for 128, or 256 of more than 1,000 rows.")
  private int batchSize = 0;

  @Config(description = "Learning rate of AdamW.")
  private double learningRate = 2e-3;

  @Config(description = "Decoupled weight decay of AdamW.")
  private double weightDecay = 0.01;

  @Config(description = "Decay of the moving average of the parameters that generates rows.")
  private double averageDecay = 0.999;

  @Config(description = "Whether a token of the network is a whole row or a feature of it.")
  private Tokenization tokenization = Tokenization.ROW;

  @Config(
      description =
          "Width of the network, a multiple of four times heads; 0 for three times the numbers of a"
              + " row's code, between 64 and 256.")
  private int hiddenSize = 0;

  @Config(description = "Number of transformer blocks.")
  private int depth = 2;

  @Config(description = "Number of attention heads.")
  private int heads = 4;

  @Config(description = "Name of the path between data and noise, such as OT_FM or TRIG_FLOW.")
  private String transport = "OT_FM";

  @Config(description = "How the time derivative of the network is found.")
  private DerivativeSettings.Method derivative = DerivativeSettings.Method.DDE;

  @Config(description = "What computes the network.")
  private TimRuntime runtime = TimRuntime.FUSED;

  @Config(description = "Part of a batch that learns the instantaneous velocity, r = t.")
  private double diffusionRatio = 0.5;

  @Config(description = "Part of a batch that learns to jump to the data, r = 0.")
  private double consistencyRatio = 0.1;

  @Config(
      description =
          "Exponent of the interval weight (1 + tan t - tan r)^exponent; 0 weights all intervals"
              + " alike.")
  private double weightingExponent = -0.5;

  @Config(
      description =
          "Scale of a row's loss; ADAPTIVE moves what is generated towards the most frequent"
              + " values.")
  private SampleScale sampleScale = SampleScale.NONE;

  @Config(
      description =
          "Standard deviation of the noise added to the scaled training rows; smooths discrete"
              + " values and keeps a small table from being memorised.")
  private double jitter = 0.35;

  @Config(
      description =
          "Settings of network and training that have no property here, by the names that tim"
              + " --set knows, such as optimizer.beta2.")
  private Map<String, String> overrides = new TreeMap<>();

  /** For OLCUT. */
  private TransitionSettings() {}

  /** Returns the defaults. */
  public static TransitionSettings defaults() {
    return builder().build();
  }

  /** Returns a builder that starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns a builder that starts from the defaults of a regression: the noise that keeps generated
   * rows from repeating training rows would widen predictions here, and 500 steps leave them wide.
   */
  public static Builder regressionBuilder() {
    return builder().steps(800).jitter(0.05);
  }

  /** Used by the OLCUT configuration system, and should not be called by external code. */
  @Override
  public void postConfig() {
    ConfigCheck.require(steps >= 0, "steps", "at least 0", steps);
    ConfigCheck.require(batchSize >= 0, "batchSize", "at least 0", batchSize);
    positive("learningRate", learningRate);
    between("weightDecay", weightDecay, Double.MAX_VALUE);
    between("averageDecay", averageDecay, Math.nextDown(1.0));
    ConfigCheck.require(tokenization != null, "tokenization", "ROW or FEATURE", tokenization);
    ConfigCheck.require(heads >= 1, "heads", "at least 1", heads);
    ConfigCheck.require(depth >= 1, "depth", "at least 1", depth);
    ConfigCheck.require(
        hiddenSize >= 0 && hiddenSize % (4 * heads) == 0,
        "hiddenSize",
        "0 or a multiple of four times heads (" + 4 * heads + ")",
        hiddenSize);
    ConfigCheck.require(sampleScale != null, "sampleScale", "ADAPTIVE or NONE", sampleScale);
    between("diffusionRatio", diffusionRatio, 1);
    between("consistencyRatio", consistencyRatio, 1 - diffusionRatio);
    ConfigCheck.require(
        Double.isFinite(weightingExponent), "weightingExponent", "finite", weightingExponent);
    between("jitter", jitter, Double.MAX_VALUE);
    ConfigCheck.require(transport != null, "transport", "the name of a transport", transport);
    transport = TransportChoice.registeredName(transport);
    try {
      ConfigCheck.require(
          weightingExponent == 0 || RowSettings.standard(transport).tMax() <= Math.PI / 2,
          "weightingExponent",
          "0 for " + transport + ", whose times exceed the tangent's range",
          weightingExponent);
      new RowSettings(this).check();
    } catch (InvalidInputException e) {
      throw new PropertyException(e, "", "overrides", e.getMessage());
    }
  }

  private static void positive(String property, double value) {
    ConfigCheck.require(
        value > 0 && value <= Double.MAX_VALUE, property, "positive and finite", value);
  }

  private static void between(String property, double value, double largest) {
    ConfigCheck.require(
        value >= 0 && value <= largest, property, "between 0 and " + largest, value);
  }

  /** Number of training steps, or 0 where the table decides. */
  public int steps() {
    return steps;
  }

  /** Rows in a step, or 0 where the table decides. */
  public int batchSize() {
    return batchSize;
  }

  public double learningRate() {
    return learningRate;
  }

  public double weightDecay() {
    return weightDecay;
  }

  public double averageDecay() {
    return averageDecay;
  }

  public Tokenization tokenization() {
    return tokenization;
  }

  /** Width of the network, or 0 where the table decides. */
  public int hiddenSize() {
    return hiddenSize;
  }

  public int depth() {
    return depth;
  }

  public int heads() {
    return heads;
  }

  /** The path between data and noise. */
  public Transport transport() {
    return new RowSettings(this).training(0).transport();
  }

  /** Name of the path between data and noise. */
  public String transportName() {
    return transport;
  }

  public DerivativeSettings.Method derivative() {
    return derivative;
  }

  public TimRuntime runtime() {
    return runtime;
  }

  public double diffusionRatio() {
    return diffusionRatio;
  }

  public double consistencyRatio() {
    return consistencyRatio;
  }

  public double weightingExponent() {
    return weightingExponent;
  }

  public SampleScale sampleScale() {
    return sampleScale;
  }

  public double jitter() {
    return jitter;
  }

  /** Settings of network and training that have no property here, by name. */
  public Map<String, String> overrides() {
    return Collections.unmodifiableMap(overrides);
  }

  @Override
  public ConfiguredObjectProvenance getProvenance() {
    return new ConfiguredObjectProvenanceImpl(this, "TransitionSettings");
  }

  /** Collects settings that differ from the defaults. */
  public static final class Builder {
    private final List<Consumer<TransitionSettings>> changes = new ArrayList<>();

    private Builder() {}

    private Builder with(Consumer<TransitionSettings> change) {
      changes.add(change);
      return this;
    }

    public Builder steps(int steps) {
      return with(s -> s.steps = steps);
    }

    public Builder batchSize(int batchSize) {
      return with(s -> s.batchSize = batchSize);
    }

    public Builder learningRate(double learningRate) {
      return with(s -> s.learningRate = learningRate);
    }

    public Builder weightDecay(double weightDecay) {
      return with(s -> s.weightDecay = weightDecay);
    }

    public Builder averageDecay(double averageDecay) {
      return with(s -> s.averageDecay = averageDecay);
    }

    public Builder tokenization(Tokenization tokenization) {
      return with(s -> s.tokenization = tokenization);
    }

    public Builder hiddenSize(int hiddenSize) {
      return with(s -> s.hiddenSize = hiddenSize);
    }

    public Builder depth(int depth) {
      return with(s -> s.depth = depth);
    }

    public Builder heads(int heads) {
      return with(s -> s.heads = heads);
    }

    /** Name of a transport, see {@link org.tim4j.objective.register.ObjectiveRegister}. */
    public Builder transport(String name) {
      return with(s -> s.transport = name);
    }

    public Builder derivative(DerivativeSettings.Method derivative) {
      return with(s -> s.derivative = derivative);
    }

    public Builder runtime(TimRuntime runtime) {
      return with(s -> s.runtime = runtime);
    }

    public Builder diffusionRatio(double diffusionRatio) {
      return with(s -> s.diffusionRatio = diffusionRatio);
    }

    public Builder consistencyRatio(double consistencyRatio) {
      return with(s -> s.consistencyRatio = consistencyRatio);
    }

    public Builder weightingExponent(double weightingExponent) {
      return with(s -> s.weightingExponent = weightingExponent);
    }

    public Builder sampleScale(SampleScale sampleScale) {
      return with(s -> s.sampleScale = sampleScale);
    }

    public Builder jitter(double jitter) {
      return with(s -> s.jitter = jitter);
    }

    /** Sets what has no property here, by name; see {@link TransitionSettings#overrides}. */
    public Builder overrides(Map<String, String> overrides) {
      return with(s -> s.overrides = new TreeMap<>(overrides));
    }

    /**
     * Sets everything but the jitter as in the settings of a run, the best of a sweep for example.
     *
     * @throws InvalidInputException if they are not settings for the rows of a table
     */
    public Builder run(RunSettings run) {
      return RowSettings.view(run, this);
    }

    /**
     * Returns the settings.
     *
     * @throws PropertyException if one is out of range
     */
    public TransitionSettings build() {
      TransitionSettings settings = new TransitionSettings();
      changes.forEach(change -> change.accept(settings));
      settings.postConfig();
      return settings;
    }
  }
}
