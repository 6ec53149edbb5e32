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
import org.tim4j.tribuo.condition.RegressorConditionConverter;
import org.tim4j.tribuo.encoding.TabularEncoding;
import org.tim4j.tribuo.generator.VectorGenerator;
import org.tim4j.tribuo.protos.TimRegressionModelProto;
import org.tim4j.tribuo.provenance.RenamedClasses;
import org.tribuo.Example;
import org.tribuo.Excuse;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.impl.ModelDataCarrier;
import org.tribuo.protos.core.ModelDataProto;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.Regressor.DimensionTuple;

/**
 * A probabilistic regression, {@code p(output | features)}: predictions are the mean and the
 * variance of samples, and the samples themselves can be had.
 *
 * <p>Holds native memory: close it. After that every use throws {@link IllegalStateException}.
 */
public final class TimRegressionModel extends Model<Regressor> implements AutoCloseable {
  private static final long serialVersionUID = 1L;

  /** Protobuf serialization version. */
  public static final int CURRENT_VERSION = 1;

  private static final RegressorConditionConverter OUTPUTS = new RegressorConditionConverter();

  private final transient Parts parts;
  private transient boolean closed;

  /**
   * What the model is made of, besides Tribuo's domains.
   *
   * @param encoding turns features into conditions
   * @param generator generates standardised outputs
   * @param samples samples behind a prediction
   * @param evaluations network evaluations per sample
   * @param seed seed of the samples behind predictions
   */
  record Parts(
      TabularEncoding encoding,
      VectorGenerator generator,
      int samples,
      int evaluations,
      long seed) {
    Parts {
      if (samples < 2 || evaluations < 1) {
        throw new IllegalStateException(
            "Invalid model, found " + samples + " samples and " + evaluations + " evaluations");
      }
    }
  }

  TimRegressionModel(
      String name,
      ModelProvenance provenance,
      ImmutableFeatureMap featureIDMap,
      ImmutableOutputInfo<Regressor> outputIDInfo,
      Parts parts) {
    super(name, provenance, featureIDMap, outputIDInfo, false);
    this.parts = parts;
  }

  /**
   * Draws outputs for the features of an example.
   *
   * @param count how many, at least 1
   * @param seed the same example and seed give the same outputs
   * @throws IllegalArgumentException if {@code count} is below 1, or the example has no known
   *     feature or one that is not finite
   * @throws IllegalStateException if the model was closed
   */
  public List<Regressor> sample(Example<Regressor> example, int count, long seed) {
    return sample(example, count, parts.evaluations(), seed);
  }

  /**
   * Draws outputs with another number of network evaluations than the model was trained to use; see
   * {@link #sample(Example, int, long)}.
   *
   * @param evaluations network evaluations per sample, at least 1
   */
  public List<Regressor> sample(Example<Regressor> example, int count, int evaluations, long seed) {
    requireOpen();
    if (count < 1 || evaluations < 1) {
      throw new IllegalArgumentException(
          "The numbers of samples and of network evaluations must be at least 1, found "
              + count
              + " and "
              + evaluations
              + ".");
    }
    double[][] conditions =
        Collections.nCopies(count, parts.encoding().encode(example)).toArray(double[][]::new);
    List<Regressor> outputs = new ArrayList<>();
    for (double[] code : parts.generator().sample(conditions, evaluations, seed)) {
      outputs.add(OUTPUTS.invert(code, outputIDInfo));
    }
    return outputs;
  }

  /**
   * Predicts the mean and the variance of the output; deterministic.
   *
   * @throws IllegalArgumentException if the example has no known feature or one that is not finite
   * @throws IllegalStateException if the model was closed
   */
  @Override
  public Prediction<Regressor> predict(Example<Regressor> example) {
    List<Regressor> outputs = sample(example, parts.samples(), parts.seed());
    String[] names = outputs.get(0).getNames();
    DimensionTuple[] dimensions = new DimensionTuple[names.length];
    for (int i = 0; i < names.length; i++) {
      dimensions[i] = moments(names[i], outputs);
    }
    return new Prediction<>(
        new Regressor(dimensions), parts.encoding().knownFeatures(example), example);
  }

  private static DimensionTuple moments(String name, List<Regressor> outputs) {
    double[] values =
        outputs.stream().mapToDouble(o -> o.getDimension(name).orElseThrow().getValue()).toArray();
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double variance = 0;
    for (double value : values) {
      variance += (value - mean) * (value - mean) / (values.length - 1);
    }
    return new DimensionTuple(name, mean, variance);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The model was closed; train or load it again.");
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
  public Optional<Excuse<Regressor>> getExcuse(Example<Regressor> example) {
    return Optional.empty();
  }

  @Override
  protected TimRegressionModel copy(String newName, ModelProvenance newProvenance) {
    requireOpen();
    Parts copy =
        new Parts(
            parts.encoding(),
            parts.generator().copy(),
            parts.samples(),
            parts.evaluations(),
            parts.seed());
    return new TimRegressionModel(newName, newProvenance, featureIDMap, outputIDInfo, copy);
  }

  @Override
  public ModelProto serialize() {
    requireOpen();
    TimRegressionModelProto model =
        TimRegressionModelProto.newBuilder()
            .setMetadata(Any.pack(createDataCarrier().serialize()))
            .setEncoding(parts.encoding().serialize())
            .setGenerator(parts.generator().serialize())
            .setSamples(parts.samples())
            .setEvaluations(parts.evaluations())
            .setSeed(parts.seed())
            .build();
    return ModelProto.newBuilder()
        .setVersion(CURRENT_VERSION)
        .setClassName(TimRegressionModel.class.getName())
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
  public static TimRegressionModel deserializeFromProto(int version, String className, Any message)
      throws InvalidProtocolBufferException {
    TimModelReader.requireVersion(version, CURRENT_VERSION);
    TimRegressionModelProto proto = message.unpack(TimRegressionModelProto.class);
    ModelDataCarrier<?> metadata =
        ModelDataCarrier.deserialize(
            RenamedClasses.current(proto.getMetadata().unpack(ModelDataProto.class)));
    ImmutableOutputInfo<Regressor> outputs =
        TimModelReader.outputs(metadata.outputDomain(), Regressor.class);
    TabularEncoding encoding =
        TabularEncoding.deserialize(proto.getEncoding(), metadata.featureDomain());
    VectorGenerator generator =
        VectorGenerator.deserialize(
            proto.getGenerator(),
            Collections.nCopies(OUTPUTS.dimension(outputs), 1),
            encoding.width());
    return new TimRegressionModel(
        metadata.name(),
        metadata.provenance(),
        metadata.featureDomain(),
        outputs,
        new Parts(
            encoding, generator, proto.getSamples(), proto.getEvaluations(), proto.getSeed()));
  }

  private Object writeReplace() {
    return new ModelProtoHolder(serialize().toByteArray());
  }

  private void readObject(ObjectInputStream stream) throws InvalidObjectException {
    throw ModelProtoHolder.required();
  }
}
