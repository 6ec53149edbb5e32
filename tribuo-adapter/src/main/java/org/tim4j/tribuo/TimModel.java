package org.tim4j.tribuo;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.tim4j.tribuo.condition.Belief;
import org.tim4j.tribuo.condition.ConditionConverter;
import org.tim4j.tribuo.condition.OutputPrior;
import org.tim4j.tribuo.encoding.TabularEncoding;
import org.tim4j.tribuo.generator.VectorGenerator;
import org.tim4j.tribuo.protos.TimModelProto;
import org.tim4j.tribuo.provenance.GeneratedDataSourceProvenance;
import org.tribuo.Example;
import org.tribuo.Excuse;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.Prediction;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.provenance.ModelProvenance;

/**
 * A generator of examples given their output, {@code p(features | output)}.
 *
 * <p>It also predicts, by Bayes' rule over the training outputs with a deterministic estimate of
 * the likelihood (see {@link VectorGenerator#logLikelihoods}). A classifier trained for that alone
 * will mostly be better and faster; the prediction tells whether the generator has learnt what
 * distinguishes the outputs.
 *
 * <p>Holds native memory: close it. After that every use throws {@link IllegalStateException}.
 *
 * @param <T> the type of output
 */
public final class TimModel<T extends Output<T>> extends Model<T> implements AutoCloseable {
  private static final long serialVersionUID = 1L;

  /** Protobuf serialization version. */
  public static final int CURRENT_VERSION = 1;

  /** Network evaluations per generated row where none are asked for. */
  public static final int DEFAULT_EVALUATIONS = 16;

  private final transient Parts<T> parts;
  private transient boolean closed;

  /**
   * What the model is made of, besides Tribuo's domains.
   *
   * @param outputFactory factory of the outputs
   * @param converter turns outputs into conditions
   * @param encoding turns features into codes
   * @param prior distribution of the training outputs
   * @param generator generates codes under conditions
   * @param likelihoodEvaluations network evaluations per output and prediction
   */
  record Parts<T extends Output<T>>(
      OutputFactory<T> outputFactory,
      ConditionConverter<T> converter,
      TabularEncoding encoding,
      OutputPrior<T> prior,
      VectorGenerator generator,
      int likelihoodEvaluations) {}

  TimModel(
      String name,
      ModelProvenance provenance,
      ImmutableFeatureMap featureIDMap,
      ImmutableOutputInfo<T> outputIDInfo,
      Parts<T> parts) {
    super(name, provenance, featureIDMap, outputIDInfo, parts.converter().generatesProbabilities());
    this.parts = parts;
  }

  /** The class of the outputs. */
  Class<T> outputType() {
    return parts.converter().getTypeWitness();
  }

  /**
   * Generates one example for each output.
   *
   * @param outputs the outputs, of the training domain
   * @param evaluations network evaluations per example, at least 1; more are slower and finer
   * @param seed the same outputs and seed give the same examples
   * @throws IllegalArgumentException if there are no outputs, one is unknown, or {@code
   *     evaluations} is below 1
   * @throws IllegalStateException if the model was closed
   */
  public GeneratedDataSource<T> generate(List<T> outputs, int evaluations, long seed) {
    requireOpen();
    requirePositive("The number of examples", outputs.size());
    requirePositive("The number of network evaluations", evaluations);
    double[][] conditions = conditions(outputs);
    double[][] codes = parts.generator().sample(conditions, evaluations, seed);
    List<Example<T>> examples = new ArrayList<>();
    for (int i = 0; i < codes.length; i++) {
      examples.add(parts.encoding().decode(codes[i], outputs.get(i).copy()));
    }
    return new GeneratedDataSource<>(
        examples,
        parts.outputFactory(),
        new GeneratedDataSourceProvenance(
            provenance, parts.outputFactory(), examples.size(), evaluations, seed));
  }

  /**
   * Generates {@code count} examples of one output; see {@link #generate(List, int, long)}.
   *
   * @param count at least 1
   */
  public GeneratedDataSource<T> generate(int count, T output, int evaluations, long seed) {
    requirePositive("The number of examples", count);
    return generate(Collections.nCopies(count, output), evaluations, seed);
  }

  /**
   * Generates {@code count} examples whose outputs have the distribution of the training data's:
   * every class as often as its share says, numbers of a regression without repeating them; see
   * {@link #generate(List, int, long)}.
   *
   * @param count at least 1
   */
  public GeneratedDataSource<T> generate(int count, int evaluations, long seed) {
    requirePositive("The number of examples", count);
    return generate(parts.prior().draw(count, seed), evaluations, seed);
  }

  /**
   * Generates {@code count} examples with {@value #DEFAULT_EVALUATIONS} evaluations each, drawing
   * the seed from a generator of the caller.
   *
   * @param count at least 1
   */
  public List<Example<T>> sampleExamples(int count, RandomGenerator random) {
    List<Example<T>> examples = new ArrayList<>();
    generate(count, DEFAULT_EVALUATIONS, random.nextLong()).forEach(examples::add);
    return examples;
  }

  /**
   * Draws the features that an example lacks, given those that it has and its output; an output
   * that is unknown is drawn from those of the training data. Features that it has are kept.
   *
   * <p>The generator was not trained for it: numbers come close to what neighbours of the row say,
   * categories that hang on the exact value of a number are less certain.
   *
   * @param example with at least one known feature; not changed
   * @param count how many completed examples to draw, at least 1
   * @param evaluations network evaluations per example, at least 1
   * @param seed the same example and seed give the same completions
   * @throws IllegalArgumentException if the example has no known feature or one that is not finite,
   *     its output is not of the training domain, or a number is below 1
   * @throws IllegalStateException if the model was closed
   */
  public List<Example<T>> complete(Example<T> example, int count, int evaluations, long seed) {
    requireOpen();
    requirePositive("The number of examples", count);
    requirePositive("The number of network evaluations", evaluations);
    TabularEncoding encoding = parts.encoding();
    boolean unknown = example.getOutput().equals(parts.outputFactory().getUnknownOutput());
    List<T> outputs =
        unknown ? parts.prior().draw(count, seed) : Collections.nCopies(count, example.getOutput());
    double[][] codes =
        parts
            .generator()
            .complete(
                encoding.encode(example),
                encoding.known(example),
                conditions(outputs),
                evaluations,
                seed);
    List<Example<T>> completed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Example<T> drawn = encoding.decode(codes[i], outputs.get(i).copy());
      completed.add(encoding.withGiven(drawn, example));
    }
    return completed;
  }

  /**
   * Draws the features that an example lacks once, with {@value #DEFAULT_EVALUATIONS} evaluations;
   * see {@link #complete(Example, int, int, long)}.
   */
  public Example<T> complete(Example<T> example) {
    return complete(example, 1, DEFAULT_EVALUATIONS, 1).get(0);
  }

  /**
   * Predicts the output by Bayes' rule; deterministic.
   *
   * @throws IllegalArgumentException if the example has no known feature or one that is not finite
   * @throws IllegalStateException if the model was closed
   */
  @Override
  public Prediction<T> predict(Example<T> example) {
    requireOpen();
    double[] code = parts.encoding().encode(example);
    Belief<T> prior = parts.prior().belief();
    double[] logLikelihoods =
        parts
            .generator()
            .logLikelihoods(code, conditions(prior.outputs()), parts.likelihoodEvaluations());
    return parts
        .converter()
        .predict(
            prior.posterior(logLikelihoods),
            outputIDInfo,
            parts.encoding().knownFeatures(example),
            example);
  }

  private double[][] conditions(List<T> outputs) {
    return outputs.stream()
        .map(output -> parts.converter().convert(output, outputIDInfo))
        .toArray(double[][]::new);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The model was closed; train or load it again.");
    }
  }

  private static void requirePositive(String what, int found) {
    if (found < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, found " + found + ".");
    }
  }

  /** Frees the network. May be called again. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      parts.generator().close();
    }
  }

  /** The model has no importances of features; returns an empty map. */
  @Override
  public Map<String, List<Pair<String, Double>>> getTopFeatures(int n) {
    return Map.of();
  }

  /** The model explains no predictions; returns nothing. */
  @Override
  public Optional<Excuse<T>> getExcuse(Example<T> example) {
    return Optional.empty();
  }

  @Override
  protected TimModel<T> copy(String newName, ModelProvenance newProvenance) {
    requireOpen();
    Parts<T> copy =
        new Parts<>(
            parts.outputFactory(),
            parts.converter(),
            parts.encoding(),
            parts.prior(),
            parts.generator().copy(),
            parts.likelihoodEvaluations());
    return new TimModel<>(newName, newProvenance, featureIDMap, outputIDInfo, copy);
  }

  @Override
  public ModelProto serialize() {
    requireOpen();
    TimModelProto model =
        TimModelProto.newBuilder()
            .setMetadata(Any.pack(createDataCarrier().serialize()))
            .setOutputFactory(Any.pack(parts.outputFactory().serialize()))
            .setConditionConverter(parts.converter().serialize())
            .setEncoding(parts.encoding().serialize())
            .setPrior(parts.prior().serialize())
            .setGenerator(parts.generator().serialize())
            .setLikelihoodEvaluations(parts.likelihoodEvaluations())
            .build();
    return ModelProto.newBuilder()
        .setVersion(CURRENT_VERSION)
        .setClassName(TimModel.class.getName())
        .setSerializedData(Any.pack(model))
        .build();
  }

  /**
   * Deserialization factory.
   *
   * @param version the serialized object version
   * @param className the class name
   * @param message the serialized data
   * @throws InvalidProtocolBufferException if the message is not of the model's type
   */
  public static TimModel<?> deserializeFromProto(int version, String className, Any message)
      throws InvalidProtocolBufferException {
    return TimModelReader.read(version, message);
  }

  private Object writeReplace() {
    return new ModelProtoHolder(serialize().toByteArray());
  }

  private void readObject(ObjectInputStream stream) throws InvalidObjectException {
    throw ModelProtoHolder.required();
  }
}
