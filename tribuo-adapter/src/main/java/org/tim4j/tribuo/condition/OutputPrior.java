package org.tim4j.tribuo.condition;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.tribuo.protos.OutputPriorProto;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Output;
import org.tribuo.protos.core.OutputProto;

/**
 * The empirical distribution of the training outputs: what is drawn when a caller asks for rows
 * without naming their outputs, and the prior of predictions.
 *
 * <p>Keeps at most {@value #MAX_OUTPUTS} distinct outputs, chosen at random; classes and sets of
 * labels are rarely more, the values of a regression often are.
 *
 * @param <T> the type of output
 */
public final class OutputPrior<T extends Output<T>> {
  private static final int MAX_OUTPUTS = 256;

  private final Belief<T> belief;

  private OutputPrior(Belief<T> belief) {
    this.belief = belief;
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
    int[] kept = Arrays.copyOf(order, Math.min(order.length, MAX_OUTPUTS));
    Arrays.sort(kept);
    for (int i : kept) {
      outputs.add(all.get(i).output());
      weights.add(all.get(i).weight());
    }
    return new OutputPrior<>(new Belief<>(outputs, normalised(weights)));
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

  /** Draws an output. */
  public T draw(RandomGenerator random) {
    double remaining = random.nextDouble();
    int last = belief.outputs().size() - 1;
    for (int i = 0; i < last; i++) {
      remaining -= belief.probabilities()[i];
      if (remaining < 0) {
        return belief.outputs().get(i).copy();
      }
    }
    return belief.outputs().get(last).copy();
  }

  /** Returns the prior as a message. */
  public OutputPriorProto serialize() {
    OutputPriorProto.Builder proto = OutputPriorProto.newBuilder();
    for (int i = 0; i < belief.outputs().size(); i++) {
      proto.addOutputs(Any.pack(belief.outputs().get(i).serialize()));
      proto.addProbabilities(belief.probabilities()[i]);
    }
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
    return new OutputPrior<>(new Belief<>(outputs, probabilities));
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
