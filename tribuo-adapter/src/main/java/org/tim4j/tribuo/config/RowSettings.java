package org.tim4j.tribuo.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tim4j.layers.Condition;
import org.tim4j.layers.InputKind;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.interval.IntervalSampler;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.interval.TimeWarp;
import org.tim4j.objective.interval.Weighting;
import org.tim4j.objective.loss.DirectionalPart;
import org.tim4j.objective.loss.TransitionLoss;
import org.tim4j.objective.register.ObjectiveRegister;
import org.tim4j.objective.training.AdamWSettings;
import org.tim4j.objective.training.AverageDecay;
import org.tim4j.objective.training.DerivativeSettings;
import org.tim4j.objective.training.RunSettings;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TrainingJson;
import org.tim4j.objective.transport.Transport;

/**
 * The {@link RunSettings} behind {@link TransitionSettings}, and back: whatever a run can be set to
 * for the rows of a table, Tribuo's trainers can be given.
 *
 * @param settings as Tribuo's configuration has them
 * @param rows training rows, by which what the settings leave open is decided
 */
public record RowSettings(TransitionSettings settings, int rows) {
  private static final int SMALL_TABLE = 150;
  private static final List<Integer> ANY_COLUMNS = List.of(1);
  private static final int ANY_CONDITION = 1;

  /** For a table of at most 150 rows. */
  public RowSettings(TransitionSettings settings) {
    this(settings, SMALL_TABLE);
  }

  /**
   * Returns network and training.
   *
   * @param columns how many numbers of a vector each column has, in order; at least one, each at
   *     least 1
   * @param conditionWidth numbers of a condition, at least 1
   * @param seed seed of the training
   * @throws InvalidInputException if an override is unknown, does not fit or is the data's to say
   */
  public RunSettings run(List<Integer> columns, int conditionWidth, long seed) {
    RunSettings own = new RunSettings(network(columns, conditionWidth), trainingOfProperties(seed));
    RunSettings changed =
        own.with(
            settings.overrides().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList());
    TimNetworkConfig network = changed.network();
    if (!network.condition().equals(own.network().condition())
        || network.channels() != own.network().channels()
        || network.inputKind() != own.network().inputKind()
        || !network.columns().equals(own.network().columns())
        || changed.training().seed() != seed) {
      throw new InvalidInputException(
          "the overrides "
              + settings.overrides()
              + " set what the data and the trainer's seed decide; leave inputKind, channels,"
              + " columns, condition and seed out");
    }
    return changed;
  }

  /** Returns the training from a seed. */
  public TrainingConfig training(long seed) {
    return run(ANY_COLUMNS, ANY_CONDITION, seed).training();
  }

  /**
   * Checks the settings.
   *
   * @throws InvalidInputException if they cannot be used
   */
  void check() {
    training(0);
  }

  /** Returns a transport with its default settings. */
  static Transport standard(String name) {
    return ObjectiveRegister.ofClassPath().transport(name);
  }

  private TimNetworkConfig network(List<Integer> columns, int conditionWidth) {
    TimNetworkConfig.Builder network =
        switch (settings.tokenization()) {
          case ROW -> TimNetworkConfig.builder().inputKind(InputKind.TOKENS);
          case FEATURE -> TimNetworkConfig.builder().inputKind(InputKind.ROWS).columns(columns);
        };
    int codeWidth = columns.stream().mapToInt(width -> width).sum();
    int hidden =
        settings.hiddenSize() > 0
            ? settings.hiddenSize()
            : new TableSize(codeWidth, rows).hidden(settings.heads());
    return network
        .channels(codeWidth)
        .condition(new Condition.Vector(conditionWidth))
        .hidden(hidden)
        .depth(settings.depth())
        .heads(settings.heads())
        .runtime(settings.runtime())
        .build();
  }

  private TrainingConfig trainingOfProperties(long seed) {
    AdamWSettings published = AdamWSettings.published();
    TableSize size = new TableSize(1, rows);
    return TrainingConfig.builder()
        .seed(seed)
        .steps(settings.steps() > 0 ? settings.steps() : size.steps())
        .batchSize(settings.batchSize() > 0 ? settings.batchSize() : size.batchSize())
        .transport(standard(settings.transportName()))
        .intervals(new IntervalSampler(settings.diffusionRatio(), settings.consistencyRatio()))
        .derivative(new DerivativeSettings(settings.derivative(), null))
        .loss(
            new TransitionLoss(
                IntervalWeighting.power(settings.weightingExponent(), TimeWarp.TANGENT),
                DirectionalPart.NONE,
                settings.sampleScale()))
        .optimizer(
            new AdamWSettings(
                settings.learningRate(),
                published.beta1(),
                published.beta2(),
                published.epsilon(),
                settings.weightDecay(),
                published.clipNorm()))
        .average(new AverageDecay(settings.averageDecay(), AverageDecay.WarmUp.RATIONAL))
        .conditionDropout(0)
        .build();
  }

  /** Sets the properties of a builder as in the settings of a run, and the rest as overrides. */
  static TransitionSettings.Builder view(RunSettings run, TransitionSettings.Builder builder) {
    TimNetworkConfig network = run.network();
    TrainingConfig training = run.training();
    if (network.inputKind() == InputKind.IMAGE
        || !(network.condition() instanceof Condition.Vector condition)) {
      throw new InvalidInputException(
          "these settings are of a network of "
              + network.inputKind()
              + " under the condition "
              + network.condition()
              + "; give settings for the rows of a table, such as the best.json of tim sweep --csv");
    }
    builder
        .steps(training.steps())
        .batchSize(training.batchSize())
        .learningRate(training.optimizer().learningRate())
        .weightDecay(training.optimizer().weightDecay())
        .averageDecay(training.average().decay())
        .tokenization(
            network.inputKind() == InputKind.ROWS ? Tokenization.FEATURE : Tokenization.ROW)
        .hiddenSize(network.hidden())
        .depth(network.depth())
        .heads(network.heads())
        .runtime(network.runtime())
        .transport(new TrainingJson().writePart(training.transport()).get("type").asText())
        .derivative(training.derivative().method())
        .diffusionRatio(training.intervals().diffusionRatio())
        .consistencyRatio(training.intervals().consistencyRatio())
        .weightingExponent(exponent(training.loss().weighting()))
        .sampleScale(training.loss().scale())
        .overrides(Map.of());
    List<Integer> columns =
        network.columns().isEmpty() ? List.of(network.channels()) : network.columns();
    JsonNode own =
        new RowSettings(builder.build()).run(columns, condition.size(), training.seed()).toJson();
    Map<String, String> rest = new TreeMap<>();
    collect("", own, run.toJson(), rest);
    return builder.overrides(rest);
  }

  /** The exponent where the weighting has the form of the property, or 0. */
  private static double exponent(Weighting weighting) {
    return weighting instanceof IntervalWeighting given
            && given.equals(IntervalWeighting.power(given.exponent(), TimeWarp.TANGENT))
        ? given.exponent()
        : 0;
  }

  /** Collects the settings that differ, by their dotted names. */
  private static void collect(
      String path, JsonNode own, JsonNode wanted, Map<String, String> into) {
    if (own.equals(wanted)) {
      return;
    }
    boolean alike = own.isObject() && wanted.isObject() && names(own).equals(names(wanted));
    if (!alike) {
      into.put(path, wanted.toString());
      return;
    }
    for (String name : names(own)) {
      collect(path.isEmpty() ? name : path + "." + name, own.get(name), wanted.get(name), into);
    }
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    for (Iterator<String> all = object.fieldNames(); all.hasNext(); ) {
      names.add(all.next());
    }
    return names;
  }
}
