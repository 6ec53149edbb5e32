package org.tim4j.layers.definition;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.tim4j.layers.vertex.GraphScope;
import org.tim4j.layers.vertex.InitialValue;
import org.tim4j.layers.vertex.Parameter;

/**
 * An affine map of rows: {@code y = x·W + b}.
 *
 * @param weight name of the {@code [inputs, outputs]} matrix
 * @param bias name of the {@code [outputs]} vector
 */
public record Linear(String weight, String bias, long inputs, long outputs) {

  /** Returns the parameters, the matrix drawn by Glorot's law. */
  public List<Parameter> parameters() {
    return parameters(InitialValue.xavier(inputs, outputs));
  }

  /** Returns the parameters, the matrix drawn by the given law. */
  public List<Parameter> parameters(InitialValue initial) {
    return List.of(
        Parameter.weight(weight, inputs, outputs, initial), Parameter.bias(bias, outputs));
  }

  /** Returns {@code [rows, outputs]} for {@code [rows, inputs]}. */
  public SDVariable define(GraphScope scope, SDVariable rows) {
    return scope.graph().mmul(rows, scope.parameter(weight)).add(scope.parameter(bias));
  }
}
