package org.tim4j.objective.derivative.forward;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/**
 * A graph of one operation, whose inputs are the placeholders x0, x1, … in double precision.
 *
 * @param name for the test report
 * @param domain where the inputs are drawn from
 * @param graph makes the output from the inputs
 * @param shapes of the inputs
 */
record RuleCase(String name, Domain domain, Definition graph, List<long[]> shapes) {
  /** Makes an output from inputs. */
  interface Definition {
    SDVariable define(SameDiff graph, SDVariable... inputs);
  }

  /** Where inputs are drawn from, so that they lie inside a domain and off a kink. */
  enum Domain {
    /** Standard normal. */
    ANY,
    /** Above 0.5. */
    POSITIVE,
    /** At least 0.1 away from 0. */
    NOT_ZERO,
    /** Between −0.9 and 0.9. */
    INSIDE_ONE
  }

  static RuleCase of(String name, Definition graph, long[]... shapes) {
    return new RuleCase(name, Domain.ANY, graph, List.of(shapes));
  }

  RuleCase on(Domain other) {
    return new RuleCase(name, other, graph, shapes);
  }

  /** Returns the placeholders' values; {@code draw} selects an independent set. */
  Map<String, INDArray> inputs(long draw) {
    Map<String, INDArray> values = new LinkedHashMap<>();
    for (int i = 0; i < shapes.size(); i++) {
      INDArray gaussian = gaussian(1000 + 10 * draw + i, shapes.get(i));
      values.put("x" + i, inDomain(gaussian));
    }
    return values;
  }

  /** Returns a standard normal tangent for each placeholder, under the placeholder's name. */
  Map<String, INDArray> tangents(long draw) {
    Map<String, INDArray> values = new LinkedHashMap<>();
    for (int i = 0; i < shapes.size(); i++) {
      values.put("x" + i, gaussian(5000 + 10 * draw + i, shapes.get(i)));
    }
    return values;
  }

  SDVariable define(SameDiff graph) {
    List<SDVariable> inputs = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      inputs.add(graph.placeHolder("x" + i, DataType.DOUBLE, shapes.get(i)));
    }
    return this.graph.define(graph, inputs.toArray(new SDVariable[0]));
  }

  private static INDArray gaussian(long step, long... shape) {
    return RandomStream.of(7, step, Purpose.EVALUATION).gaussians(DataType.DOUBLE, shape);
  }

  private INDArray inDomain(INDArray gaussian) {
    INDArray values = gaussian.dup();
    for (long i = 0; i < values.length(); i++) {
      double v = values.getDouble(i);
      values.putScalar(i, inDomain(v));
    }
    return values;
  }

  private double inDomain(double v) {
    return switch (domain) {
      case ANY -> v;
      case POSITIVE -> 0.5 + Math.abs(v);
      case NOT_ZERO -> Math.copySign(0.1 + Math.abs(v), v);
      case INSIDE_ONE -> 0.9 * Math.tanh(v);
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
