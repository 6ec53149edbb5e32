package org.tim4j.tribuo.condition;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.tribuo.protos.OutputPriorProto;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Output;
import org.tribuo.protos.core.OutputProto;
import org.tribuo.regression.Regressor;

/**
 * The distribution of the training outputs: what is drawn when a caller asks for rows without
 * naming their outputs, and the prior of predictions.
 *
 * <p>Every class and every set of labels is kept, and drawn as often as its share says. Of the
 * outputs of a regression at most {@value #MAX_NUMBERS}, chosen at random, are the prior of
 * predictions; new ones are drawn from their smoothed distribution.
 *
 * @param <T> the type of output
 */
public final class OutputPrior<T extends Output<T>> {
  private static final int MAX_NUMBERS = 256;

  private final Belief<T> belief;
  private final OutputDraws<T> draws;

  private OutputPrior(Belief<T> belief, OutputDraws<T> draws) {
    this.belief = belief;
    this.draws = draws;
  }

  /**
   * Counts the outputs of a data set, each example with its weight.
   *
   * @param seed of the choice among many outputs
   * @throws IllegalArgumentException if the data set is empty, or a weight is negative, not finite,
   *     or all are 0
   */
  public static <T extends Output<T>> OutputPrior<T> fit(
      Dataset<T> data, ConditionConverter<T> converter, ImmutableOutputInfo<T> info, long seed) {
    // Outputs of a regression are equal whatever their values, so the conditions are compared.
    Map<List<Double>, Weighted<T>> distinct = new LinkedHashMap<>();
    for (Example<T> example : data) {
      double weight = example.getWeight();
      if (!(weight >= 0) || weight == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "An Example has the weight " + weight + "; weights must be finite and at least 0.");
      }
      List<Double> condition =
          Arrays.stream(converter.convert(example.getOutput(), info)).boxed().toList();
      distinct.merge(condition, new Weighted<>(example.getOutput().copy(), weight), Weighted::plus);
    }
    List<Weighted<T>> all = distinct.values().stream().filter(w -> w.weight() > 0).toList();
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "The supplied Dataset has no Example with a positive weight; supply some.");
    }
    List<T> outputs = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    int[] order = RandomStream.of(seed, 0, Purpose.CONDITION_PRIOR).permutation(all.size());
    boolean numbers = converter.getTypeWitness() == Regressor.class;
    int[] kept = numbers ? Arrays.copyOf(order, Math.min(order.length, MAX_NUMBERS)) : order;
    Arrays.sort(kept);
    for (int i : kept) {
      outputs.add(all.get(i).output());
      weights.add(all.get(i).weight());
    }
    Belief<T> belief = new Belief<>(outputs, normalised(weights));
    return new OutputPrior<>(
        belief, numbers ? smooth(fitSmooth(data, seed)) : new QuotaDraws<>(belief));
  }

  private static SmoothDraws fitSmooth(Dataset<?> data, long seed) {
    List<Regressor> outputs = new ArrayList<>();
    double[] weights = new double[data.size()];
    for (Example<?> example : data) {
      weights[outputs.size()] = example.getWeight();
      outputs.add((Regressor) example.getOutput());
    }
    return SmoothDraws.fit(outputs, weights, seed);
  }

  /** The cast is safe: outputs of this converter are of the class {@link Regressor}. */
  @SuppressWarnings("unchecked")
  private static <T extends Output<T>> OutputDraws<T> smooth(SmoothDraws draws) {
    return (OutputDraws<T>) (OutputDraws<?>) draws;
  }

  private record Weighted<T extends Output<T>>(T output, double weight) {
    Weighted<T> plus(Weighted<T> other) {
      return new Weighted<>(output, weight + other.weight);
    }
  }

  private static double[] normalised(List<Double> weights) {
    double sum = weights.stream().mapToDouble(w -> w).sum();
    return weights.stream().mapToDouble(w -> w / sum).toArray();
  }

  /** The outputs and their probabilities. */
  public Belief<T> belief() {
    return belief;
  }

  /**
   * Draws outputs of the training data's distribution.
   *
   * @param count at least 1
   * @param seed the same seed gives the same outputs
   */
  public List<T> draw(int count, long seed) {
    return draws.draw(count, seed);
  }

  /** Returns the prior as a message. */
  public OutputPriorProto serialize() {
    OutputPriorProto.Builder proto = OutputPriorProto.newBuilder();
    for (int i = 0; i < belief.outputs().size(); i++) {
      proto.addOutputs(Any.pack(belief.outputs().get(i).serialize()));
      proto.addProbabilities(belief.probabilities()[i]);
    }
    draws.writeTo(proto);
    return proto.build();
  }

  /**
   * Reads a prior back.
   *
   * @throws IllegalStateException if the message is no distribution over outputs of that domain
   */
  public static <T extends Output<T>> OutputPrior<T> deserialize(
      OutputPriorProto proto, ConditionConverter<T> converter, ImmutableOutputInfo<T> info) {
    List<T> outputs = new ArrayList<>();
    for (Any message : proto.getOutputsList()) {
      outputs.add(output(message, converter, info));
    }
    double sum = 0;
    for (double probability : proto.getProbabilitiesList()) {
      if (!(probability > 0)) {
        throw new IllegalStateException("Invalid protobuf, found the probability " + probability);
      }
      sum += probability;
    }
    if (outputs.size() != proto.getProbabilitiesCount() || !(Math.abs(sum - 1) < 1e-6)) {
      throw new IllegalStateException(
          "Invalid protobuf, found "
              + outputs.size()
              + " outputs and "
              + proto.getProbabilitiesCount()
              + " probabilities that sum to "
              + sum);
    }
    double[] probabilities = proto.getProbabilitiesList().stream().mapToDouble(p -> p).toArray();
    Belief<T> belief = new Belief<>(outputs, probabilities);
    return new OutputPrior<>(belief, draws(proto, belief, converter));
  }

  private static <T extends Output<T>> OutputDraws<T> draws(
      OutputPriorProto proto, Belief<T> belief, ConditionConverter<T> converter) {
    return switch (proto.getDrawingCase()) {
      case QUOTA -> new QuotaDraws<>(belief);
      case SMOOTH -> {
        if (converter.getTypeWitness() != Regressor.class) {
          throw new IllegalStateException("Invalid protobuf, found numbers for other outputs");
        }
        yield smooth(SmoothDraws.read(proto.getSmooth()));
      }
      case DRAWING_NOT_SET -> new IndependentDraws<>(belief);
    };
  }

  private static <T extends Output<T>> T output(
      Any message, ConditionConverter<T> converter, ImmutableOutputInfo<T> info) {
    try {
      T output =
          converter.getTypeWitness().cast(Output.deserialize(message.unpack(OutputProto.class)));
      converter.convert(output, info);
      return output;
    } catch (InvalidProtocolBufferException | ClassCastException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "Invalid protobuf, found an output that is not of the model's domain", e);
    }
  }
}
