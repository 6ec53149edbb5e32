package org.tim4j.examples;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.objective.derivative.forward.ForwardMode;

/** Differentiates a SameDiff graph along a direction, in one pass forwards. */
public final class ForwardModeDerivative {
  /** Prints the derivative of tanh(x·w) at one point in one direction. */
  public static void main(String[] args) {
    System.out.println(derivative());
  }

  static INDArray derivative() {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.DOUBLE, -1, 2);
    SDVariable w = graph.var("w", Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}}));
    SDVariable y = graph.math.tanh(graph.mmul(x, w));

    SDVariable dx = graph.placeHolder("dx", DataType.DOUBLE, -1, 2);
    SDVariable dy = new ForwardMode().tangent(y, Map.of("x", dx));

    INDArray at = Nd4j.createFromArray(new double[][] {{0.1, -0.2}});
    INDArray direction = Nd4j.createFromArray(new double[][] {{1, 0}});
    INDArray derivative = graph.output(Map.of("x", at, "dx", direction), dy.name()).get(dy.name());
    return derivative;
  }
}
