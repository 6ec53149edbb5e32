package org.tim4j.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;

class GivenParametersTest {
  private static final TimNetworkConfig CONFIG =
      TimNetworkConfig.builder().channels(1).patch(2).hidden(8).depth(1).heads(1).build();

  @Test
  void givenParametersBecomeTheNetworksOwn() {
    TimNetwork drawn = TimNetwork.create(CONFIG, 3);
    INDArray given = drawn.parameters().dup();
    TimNetwork network = TimNetwork.withParameters(CONFIG, given);
    drawn
        .parameterTable()
        .forEach(
            (name, values) ->
                assertArrayEquals(
                    values.dup().ravel().toFloatVector(),
                    network.parameterTable().get(name).dup().ravel().toFloatVector(),
                    name));
    given.putScalar(0, 42);
    assertEquals(42, network.parameters().getFloat(0));
  }

  @Test
  void parametersThatDoNotFitAreRefused() {
    long count = CONFIG.parameterCount();
    for (INDArray wrong :
        new INDArray[] {
          Nd4j.zeros(DataType.FLOAT, count - 1), Nd4j.zeros(DataType.DOUBLE, count)
        }) {
      assertThrows(InvalidInputException.class, () -> TimNetwork.withParameters(CONFIG, wrong));
    }
  }
}
