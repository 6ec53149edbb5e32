package org.tim4j.layers.weights;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.base.InvalidInputException;

/** Gives the numbers of a flat vector the names and shapes of a network's parameters. */
public final class ParameterViews {
  private ParameterViews() {}

  /**
   * Returns views into a vector by {@code <vertex>.<parameter>}: a change of one changes the other.
   *
   * @param flat laid out as {@link TimNetwork#parameters()}, such as a gradient, a moving average
   *     or the moments of an optimiser; any type
   * @throws InvalidInputException if the vector is not as long as the network's
   */
  public static Map<String, INDArray> of(TimNetwork network, INDArray flat) {
    INDArray parameters = network.parameters();
    if (flat.length() != parameters.length()) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "the vector has the shape %s, but the network has %d parameters",
              Arrays.toString(flat.shape()),
              parameters.length()));
    }
    INDArray vector = flat.reshape('c', new long[] {flat.length()});
    Map<String, INDArray> views = new LinkedHashMap<>();
    network
        .parameterTable()
        .forEach(
            (name, parameter) -> {
              long begin = parameter.offset() - parameters.offset();
              views.put(
                  name,
                  vector
                      .get(NDArrayIndex.interval(begin, begin + parameter.length()))
                      .reshape(parameter.ordering(), parameter.shape()));
            });
    return views;
  }
}
