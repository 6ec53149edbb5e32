package org.tim4j.objective.derivative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.InputKind;
import org.tim4j.layers.TimInput;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** Tangents of a network whose tokens have a mask. */
class NetworkTangentTest {
  private static final INDArray MASK =
      Nd4j.createFromArray(new double[][] {{1, 1, 0, 0}, {1, 1, 1, 1}});
  private static final INDArray T = Nd4j.createFromArray(new double[][] {{0.7}, {0.4}});
  private static final INDArray R = Nd4j.createFromArray(new double[][] {{0.2}, {0.1}});
  private static final INDArray DT = Nd4j.createFromArray(new double[][] {{1.0}, {-0.5}});

  private static INDArray gaussian(long step, long... shape) {
    return RandomStream.of(3, step, Purpose.NOISE).gaussians(DataType.DOUBLE, shape);
  }

  private static TimNetwork network() {
    TimNetwork network =
        TimNetwork.create(
            TimNetworkConfig.builder()
                .inputKind(InputKind.TOKENS)
                .channels(3)
                .hidden(8)
                .depth(2)
                .heads(2)
                .dataType(DataType.DOUBLE)
                .build(),
            0);
    network.parameters().assign(gaussian(1, network.parameters().shape()).muli(0.3));
    return network;
  }

  private static INDArray predict(TimNetwork network, INDArray x, INDArray dx, double step) {
    return network.predict(new TimInput(x.add(dx.mul(step)), T.add(DT.mul(step)), R, null, MASK));
  }

  private static INDArray real(INDArray tokens, int example, int count) {
    return tokens.get(point(example), interval(0, count), all()).dup();
  }

  @Test
  void agreesWithFiniteDifferencesAndSeesNoPadding() {
    TimNetwork network = network();
    INDArray x = gaussian(4, 2, 4, 3);
    INDArray dx = gaussian(5, 2, 4, 3);
    TimInput at = new TimInput(x, T, R, null, MASK);
    NetworkTangent tangents = new NetworkTangent(network, NetworkTangent.Size.of(at));
    INDArray tangent = tangents.evaluate(at, dx, DT);
    double step = 1e-5;
    INDArray slope =
        predict(network, x, dx, step).sub(predict(network, x, dx, -step)).div(2 * step);
    assertTrue(slope.equalsWithEps(tangent, 1e-7), slope + " and " + tangent);
    INDArray otherX = x.dup();
    INDArray otherDx = dx.dup();
    otherX.get(point(0), interval(2, 4), all()).assign(50);
    otherDx.get(point(0), interval(2, 4), all()).assign(-9);
    INDArray other = tangents.evaluate(new TimInput(otherX, T, R, null, MASK), otherDx, DT);
    assertEquals(real(tangent, 0, 2), real(other, 0, 2));
    assertEquals(real(tangent, 1, 4), real(other, 1, 4));
  }
}
