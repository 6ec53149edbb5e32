package org.tim4j.layers.kernel.loops;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loops over single numbers that lie between the products of a kernel.
 *
 * <p>There are two sets. The portable one copies rows to arrays and goes over them in the form that
 * the JIT compiler makes SIMD code of. The other one works on the memory where it lies, with the
 * Vector API of Java 17, which is there if the virtual machine was started with {@code
 * --add-modules jdk.incubator.vector}. Both follow the same formulas; sums over a row or over
 * tokens differ in the order of additions.
 *
 * @param gatedUnit of SwiGLU
 * @param stream of what reads from and adds to the stream between branches
 * @param heads of queries and keys
 * @param softmax of attention
 */
public record Loops(
    GatedUnitLoops gatedUnit, StreamLoops stream, HeadLoops heads, SoftmaxLoops softmax) {
  /** Name of the system property that keeps to the portable loops when it is {@code false}. */
  public static final String PROPERTY = "org.tim4j.vector";

  private static final Logger LOG = LoggerFactory.getLogger(Loops.class);

  /** Made by name: its class is compiled by Java 17 alone and runs on that Vector API. */
  private static final String VECTOR = "org.tim4j.layers.kernel.loops.VectorLoops";

  private static final Loops PORTABLE =
      new Loops(
          new ArrayGatedUnitLoops(),
          new ArrayStreamLoops(),
          new ArrayHeadLoops(),
          new ArraySoftmaxLoops());

  private static final Optional<Loops> OF_VECTORS = load();

  private static Optional<Loops> load() {
    try {
      Object loops = Class.forName(VECTOR).getDeclaredConstructor().newInstance();
      return Optional.of((Loops) ((Supplier<?>) loops).get());
    } catch (LinkageError | ReflectiveOperationException e) {
      Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
      LOG.debug("Kernels do without the Vector API.", cause);
      return Optional.empty();
    }
  }

  /** The set for any Java. */
  public static Loops portable() {
    return PORTABLE;
  }

  /** The set on the Vector API; empty where that is missing. */
  static Optional<Loops> ofVectors() {
    return OF_VECTORS;
  }

  /** The faster set that there is, unless the system property says otherwise. */
  public static Loops best() {
    boolean wanted = Boolean.parseBoolean(System.getProperty(PROPERTY, "true"));
    return wanted ? OF_VECTORS.orElse(PORTABLE) : PORTABLE;
  }
}
