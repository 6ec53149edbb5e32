package org.tim4j.objective.derivative.forward;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A directional derivative of a graph by differences: (8 (f(h) − f(−h)) − (f(2h) − f(−2h)))/(12 h),
 * whose error falls with h⁴.
 */
final class CentralDifference {
  private static final double STEP = 3e-4;

  private CentralDifference() {}

  /**
   * @param output a variable in double precision
   * @param point values of all placeholders
   * @param direction tangents of some of them
   */
  static INDArray of(
      SDVariable output, Map<String, INDArray> point, Map<String, INDArray> direction) {
    List<INDArray> values =
        Stream.of(STEP, -STEP, 2 * STEP, -2 * STEP)
            .map(h -> evaluate(output, moved(point, direction, h)))
            .toList();
    INDArray near = values.get(0).sub(values.get(1)).mul(8);
    INDArray far = values.get(2).sub(values.get(3));
    return near.sub(far).div(12 * STEP);
  }

  static INDArray evaluate(SDVariable variable, Map<String, INDArray> placeholders) {
    return variable.getSameDiff().output(placeholders, variable.name()).get(variable.name()).dup();
  }

  private static Map<String, INDArray> moved(
      Map<String, INDArray> point, Map<String, INDArray> direction, double step) {
    Map<String, INDArray> result = new HashMap<>(point);
    direction.forEach((name, v) -> result.put(name, point.get(name).add(v.mul(step))));
    return result;
  }
}
