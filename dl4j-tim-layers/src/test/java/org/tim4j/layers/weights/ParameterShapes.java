package org.tim4j.layers.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Our names and shapes of the reference networks' parameters, written out by hand so that tests of
 * names do not lean on the network: hidden size 24, two blocks of three heads, low rank 8.
 */
final class ParameterShapes {
  private static final long HIDDEN = 24;
  private static final long GATED = 64;
  private static final long RANK = 8;

  private final int patch;
  private final Map<String, long[]> shapes = new LinkedHashMap<>();

  private ParameterShapes(int patch) {
    this.patch = patch;
  }

  /** The network of train_net.weights: ten classes and a null class. */
  static ParameterShapes trainNet() {
    ParameterShapes network = new ParameterShapes(2).embeddings();
    network.put("label.table", 11, HIDDEN);
    return network.block("block0", 6).block("block1", 6).output(8);
  }

  /** The network of net_t2i.weights: captions of 20 numbers a token. */
  static ParameterShapes textToImage() {
    ParameterShapes network = new ParameterShapes(1).embeddings();
    network
        .put("caption.gain", 20)
        .put("caption.bias", 20)
        .linear("caption", "1", 20, 8 * HIDDEN)
        .linear("caption", "2", 4 * HIDDEN, HIDDEN);
    return network.block("block0", 9).cross("block0").block("block1", 9).cross("block1").output(10);
  }

  Map<String, long[]> shapes() {
    return shapes;
  }

  TimWeights weights() {
    return TimWeights.of(shapes, 4, patch);
  }

  long count() {
    return shapes.values().stream()
        .mapToLong(shape -> LongStream.of(shape).reduce(1, Math::multiplyExact))
        .sum();
  }

  Map<String, INDArray> zeros(DataType type) {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> arrays.put(name, Nd4j.zeros(type, shape)));
    return arrays;
  }

  private ParameterShapes embeddings() {
    put("patch.W", 4L * patch * patch, HIDDEN).put("patch.b", HIDDEN);
    for (String embedder : new String[] {"t", "d"}) {
      put("time." + embedder + "W1", 256, HIDDEN).put("time." + embedder + "b1", HIDDEN);
      put("time." + embedder + "W2", HIDDEN, HIDDEN).put("time." + embedder + "b2", HIDDEN);
    }
    return this;
  }

  private ParameterShapes block(String block, long chunks) {
    return gated(block + ".mod", RANK, chunks * HIDDEN)
        .put(block + ".qkvW", HIDDEN, 3 * HIDDEN)
        .put(block + ".qkvb", 3 * HIDDEN)
        .put(block + ".intervalW", HIDDEN, 3 * HIDDEN)
        .norms(block + ".")
        .put(block + ".projW", HIDDEN, HIDDEN)
        .put(block + ".projb", HIDDEN)
        .gated(block + ".mlp", GATED, HIDDEN);
  }

  private ParameterShapes cross(String block) {
    return put(block + ".crossqW", HIDDEN, HIDDEN)
        .put(block + ".crossqb", HIDDEN)
        .put(block + ".crosskvW", HIDDEN, 2 * HIDDEN)
        .put(block + ".crosskvb", 2 * HIDDEN)
        .norms(block + ".cross")
        .put(block + ".crossprojW", HIDDEN, HIDDEN)
        .put(block + ".crossprojb", HIDDEN);
  }

  private ParameterShapes output(long projector) {
    return gated("final.mod", HIDDEN / 2, 2 * HIDDEN)
        .put("final.W", HIDDEN, 4L * patch * patch)
        .put("final.b", 4L * patch * patch)
        .linear("repa", "1", HIDDEN, projector)
        .linear("repa", "2", projector, projector)
        .linear("repa", "3", projector, 6);
  }

  private ParameterShapes norms(String prefix) {
    for (String norm : new String[] {"qNorm", "kNorm"}) {
      put(prefix + norm + "Gain", 8).put(prefix + norm + "Bias", 8);
    }
    return this;
  }

  private ParameterShapes gated(String prefix, long width, long out) {
    return put(prefix + "W1", HIDDEN, 2 * width)
        .put(prefix + "b1", 2 * width)
        .put(prefix + "W2", width, out)
        .put(prefix + "b2", out);
  }

  private ParameterShapes linear(String vertex, String number, long in, long out) {
    return put(vertex + ".W" + number, in, out).put(vertex + ".b" + number, out);
  }

  private ParameterShapes put(String name, long... shape) {
    shapes.put(name, shape);
    return this;
  }
}
