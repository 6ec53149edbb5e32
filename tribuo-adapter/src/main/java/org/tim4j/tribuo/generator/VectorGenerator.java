package org.tim4j.tribuo.generator;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.Condition;
import org.tim4j.layers.InputKind;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.NetworkTransition;
import org.tim4j.objective.TransitionFunction;
import org.tim4j.objective.sampling.SamplingRequest;
import org.tim4j.objective.sampling.TransitionSampler;
import org.tim4j.objective.transport.Transport;
import org.tim4j.tribuo.protos.VectorGeneratorProto;

/**
 * A trained transition model of vectors of about unit scale, given conditions.
 *
 * <p>Safe for use by several threads, one at a time inside the network. Close it once.
 */
public final class VectorGenerator implements AutoCloseable {
  private static final int MAX_BATCH = 2048;

  private final TimNetwork network;
  private final Transport transport;
  private final TransitionFunction function;

  /**
   * @param network of vectors under vector conditions, closed with this generator
   * @param transport what the network was trained on
   */
  public VectorGenerator(TimNetwork network, Transport transport) {
    this.network = network;
    this.transport = transport;
    this.function = new NetworkTransition(network, transport);
  }

  /**
   * Generates one vector for each condition. The first vectors do not depend on how many follow.
   *
   * @param conditions at least one, not changed
   * @param evaluations network evaluations per vector, at least 1
   * @param seed seed of the noise that the vectors start from
   * @return {@code [condition][width]}
   */
  public synchronized double[][] sample(double[][] conditions, int evaluations, long seed) {
    SamplingRequest request =
        SamplingRequest.fromNoise(seed, conditions.length, 1, width())
            .steps(evaluations)
            .condition(Nd4j.createFromArray(conditions).castTo(DataType.FLOAT))
            .maxBatch(MAX_BATCH)
            .build();
    INDArray samples = new TransitionSampler(function, transport).sample(request).samples();
    // The path ends at tMin, where the state is α times the scaled data and hardly any noise.
    double scale = transport.dataScale() * transport.path(transport.tMin()).alpha();
    return samples
        .castTo(DataType.DOUBLE)
        .divi(scale)
        .reshape(conditions.length, width())
        .toDoubleMatrix();
  }

  /**
   * Estimates {@code log p(vector | condition)} of each condition, up to a common constant; see
   * {@link DenoisingLikelihood}.
   *
   * @param vector not changed
   * @param conditions not changed
   * @param evaluations network evaluations per condition, at least 1
   */
  public synchronized double[] logLikelihoods(
      double[] vector, double[][] conditions, int evaluations) {
    return new DenoisingLikelihood(function, transport, evaluations).of(vector, conditions);
  }

  /**
   * Draws the unknown numbers of a vector given the known ones; see {@link Completion}.
   *
   * @param vector not changed; what is unknown is not looked at
   * @param known which numbers are given
   * @param conditions one for each vector to draw, not changed
   * @param evaluations network evaluations per vector, at least 1
   * @return {@code [condition][width]}, the known numbers as given
   */
  public synchronized double[][] complete(
      double[] vector, boolean[] known, double[][] conditions, int evaluations, long seed) {
    double[][] vectors = new double[conditions.length][];
    boolean[][] given = new boolean[conditions.length][];
    Arrays.fill(vectors, vector);
    Arrays.fill(given, known);
    return new Completion(function, transport, evaluations).of(vectors, given, conditions, seed);
  }

  private int width() {
    return network.config().channels();
  }

  /** Returns an independent generator with the same parameters. */
  public synchronized VectorGenerator copy() {
    return new VectorGenerator(network.copy(), transport);
  }

  /** Returns the network and what belongs to it as a message. */
  public synchronized VectorGeneratorProto serialize() {
    return VectorGeneratorProto.newBuilder()
        .setNetworkConfig(network.config().toJson())
        .setNetworkWeights(NetworkBytes.of(network))
        .setTransport(StoredTransport.write(transport))
        .build();
  }

  /**
   * Reads a generator back.
   *
   * @param columns expected numbers of each column of a vector
   * @param conditionWidth expected length of a condition
   * @throws IllegalStateException if the message is damaged or of other vectors or conditions
   */
  public static VectorGenerator deserialize(
      VectorGeneratorProto proto, List<Integer> columns, int conditionWidth) {
    Transport transport = StoredTransport.read(proto.getTransport());
    TimNetworkConfig config = config(proto.getNetworkConfig());
    if (config.channels() != columns.stream().mapToInt(width -> width).sum()
        || config.inputKind() == InputKind.ROWS && !config.columns().equals(columns)
        || !config.condition().equals(new Condition.Vector(conditionWidth))) {
      throw new IllegalStateException(
          "Invalid protobuf, expected a network of vectors of columns "
              + columns
              + " under conditions of "
              + conditionWidth
              + ", found "
              + (config.inputKind() == InputKind.ROWS ? config.columns() : config.channels())
              + " and "
              + config.condition());
    }
    return new VectorGenerator(NetworkBytes.read(config, proto.getNetworkWeights()), transport);
  }

  private static TimNetworkConfig config(String json) {
    try {
      return TimNetworkConfig.fromJson(json);
    } catch (InvalidInputException e) {
      throw new IllegalStateException("Invalid protobuf: " + e.getMessage(), e);
    }
  }

  /** Frees the network. */
  @Override
  public synchronized void close() {
    network.graph().close();
  }
}
