package org.tim4j.layers.definition;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.tim4j.layers.base.ParameterNames;
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

  /** Returns a map whose parameters are named after it, {@code …W} and {@code …b}. */
  public static Linear named(String map, long inputs, long outputs) {
    return new Linear(ParameterNames.weight(map), ParameterNames.bias(map), inputs, outputs);
  }

  /** Returns the map number {@code number}, from 1, of a unit of several. */
  public static Linear numbered(String unit, int number, long inputs, long outputs) {
    return new Linear(
        ParameterNames.weight(unit, number), ParameterNames.bias(unit, number), inputs, outputs);
  }

  /** Returns the parameters, the matrix drawn from Glorot's distribution. */
  public List<Parameter> parameters() {
    return parameters(InitialValue.xavier(inputs, outputs));
  }

  /** Returns the parameters, the matrix drawn from the given distribution. */
  public List<Parameter> parameters(InitialValue initial) {
    return List.of(
        Parameter.weight(weight, inputs, outputs, initial), Parameter.bias(bias, outputs));
  }

  /** Returns {@code [rows, outputs]} for {@code [rows, inputs]}. */
  public SDVariable define(GraphScope scope, SDVariable rows) {
    return scope.graph().mmul(rows, scope.parameter(weight)).add(scope.parameter(bias));
  }
}
