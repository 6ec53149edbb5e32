package org.tim4j.layers.vertex;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/**
 * One trained array of a vertex.
 *
 * @param name unique in its vertex; Deeplearning4j splits names at {@code _}, so none may hold one
 * @param role decides which updater and regularisation of the vertex apply
 * @param shape {@code [inputs, outputs]} of a matrix, or one extent
 * @param initial distribution of the first value
 */
public record Parameter(String name, Role role, List<Long> shape, InitialValue initial) {
  private static final int STEP_BITS = 56;

  /** Which of a vertex's two updaters and regularisations a parameter takes. */
  public enum Role {
    /** Matrices: weight decay and weight penalties of the configuration apply. */
    WEIGHT,
    /** Biases and normalisation gains: only what the configuration says of biases applies. */
    BIAS
  }

  /** Returns a matrix that maps {@code inputs} numbers to {@code outputs}. */
  public static Parameter weight(String name, long inputs, long outputs, InitialValue initial) {
    return new Parameter(name, Role.WEIGHT, List.of(inputs, outputs), initial);
  }

  /** Returns a vector of zeros that is added to an output of {@code size} numbers. */
  public static Parameter bias(String name, long size) {
    return new Parameter(name, Role.BIAS, List.of(size), InitialValue.ZERO);
  }

  /**
   * Returns a vector of ones that a normalised value of {@code size} numbers is multiplied with.
   */
  public static Parameter gain(String name, long size) {
    return new Parameter(name, Role.BIAS, List.of(size), InitialValue.ONE);
  }

  /** Returns the number of elements. */
  public long length() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  /** Returns the shape as ND4J wants it. */
  public long[] dimensions() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * Writes the first value. It is a function of the seed, of the two names and of the element's
   * position, so that adding, removing or reordering other vertices leaves it as it is.
   */
  void initialize(INDArray target, long seed, String vertex) {
    byte[] key = (vertex + "." + name).getBytes(StandardCharsets.UTF_8);
    long step = UUID.nameUUIDFromBytes(key).getMostSignificantBits() >>> (Long.SIZE - STEP_BITS);
    initial.fill(target, RandomStream.of(seed, step, Purpose.PARAMETERS));
  }
}
