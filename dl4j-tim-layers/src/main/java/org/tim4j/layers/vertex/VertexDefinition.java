package org.tim4j.layers.vertex;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;
import org.tim4j.layers.base.InvalidInputException;

/**
 * Everything that a vertex is, apart from how it is run: inputs, parameters, shapes, mathematics.
 *
 * <p>Implementations are records, so that their components are the vertex's settings: they are
 * compared by value and written to JSON as they are. Shapes are given and returned with the batch
 * first; an extent that is not known yet is −1.
 *
 * <p>JSON names the class of a definition, as Deeplearning4j's does of a layer, so that one of your
 * own is read back wherever its class is on the class path.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
public interface VertexDefinition extends Serializable {
  /** Returns the names of the inputs, in the order in which they are connected. */
  List<String> inputs();

  /** Returns the parameters; the order has no meaning. */
  List<Parameter> parameters();

  /**
   * Returns the output's shape.
   *
   * @param inputs one shape for each of {@link #inputs()}
   * @throws InvalidInputException if an input has the wrong rank or extent
   */
  long[] outputShape(long[]... inputs);

  /** Writes the mathematics into the graph of {@code scope} and returns the output. */
  SDVariable define(GraphScope scope);

  /**
   * Checks the values of inputs whose shapes are right already.
   *
   * @throws InvalidInputException if a value cannot be used, such as a class that does not exist
   */
  default void validateValues(INDArray[] inputs) {}

  /** Returns whether errors flow back to the input; indices take none. */
  default boolean isDifferentiable(String input) {
    return true;
  }

  /** Returns what becomes of an input's mask; refused unless a definition knows better. */
  default MaskUse maskUse(String input) {
    return MaskUse.REFUSED;
  }

  /** Returns how an input of rank 4 is laid out; token grids are channels-last. */
  default CNN2DFormat inputFormat(String input) {
    return CNN2DFormat.NHWC;
  }

  /** Returns how an output of rank 4 is laid out; token grids are channels-last. */
  default CNN2DFormat outputFormat() {
    return CNN2DFormat.NHWC;
  }

  /**
   * Returns what runs this definition on a hand-written float32 kernel.
   *
   * @param parameters row-major arrays by name; it reads them at every call
   * @throws InvalidInputException if there is none
   */
  default VertexRunner fusedRunner(Map<String, INDArray> parameters) {
    throw new InvalidInputException(
        getClass().getSimpleName()
            + " has no fused kernel for these settings; choose TimRuntime.SAMEDIFF.");
  }

  /** Returns the number of trained values, without allocating any. */
  default long parameterCount() {
    return parameters().stream().mapToLong(Parameter::length).reduce(0L, Math::addExact);
  }
}
