package org.tim4j.layers.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a trainer keeps beside the weights so that it can go on: a model folder stores it without
 * knowing what it means.
 *
 * @param values settings and counters
 * @param tensors FLOAT or DOUBLE arrays by any names, such as the moments of an optimiser
 */
public record StoredState(JsonNode values, Map<String, INDArray> tensors) {
  public StoredState {
    values = values.deepCopy();
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }
}
