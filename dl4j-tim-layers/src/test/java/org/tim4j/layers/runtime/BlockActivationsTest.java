package org.tim4j.layers.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.Condition;
import org.tim4j.layers.TimInput;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.block.BlockActivations;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

class BlockActivationsTest {
  private static final TimNetworkConfig KEEP =
      TimNetworkConfig.builder()
          .channels(2)
          .patch(2)
          .hidden(16)
          .depth(3)
          .heads(2)
          .condition(new Condition.Classes(3, true))
          .runtime(TimRuntime.FUSED)
          .build();

  @Test
  void computingAgainGivesTheSameBits() {
    TimNetworkConfig recompute = KEEP.toBuilder().activations(BlockActivations.RECOMPUTE).build();
    RandomStream random = RandomStream.of(5, 0, Purpose.PARAMETERS);
    INDArray parameters = random.gaussians(DataType.FLOAT, (int) KEEP.parameterCount()).muli(0.2);
    TimInput input =
        new TimInput(
            random.gaussians(DataType.FLOAT, 5, 2, 6, 4),
            Nd4j.createFromArray(new float[][] {{0.9f}, {0.5f}, {0.7f}, {0.3f}, {1f}}),
            Nd4j.createFromArray(new float[][] {{0.1f}, {0.5f}, {0f}, {0.2f}, {0f}}),
            Nd4j.createFromArray(new float[][] {{0}, {1}, {2}, {3}, {0}}));
    INDArray error = random.gaussians(DataType.FLOAT, 5, 2, 6, 4);
    assertArrayEquals(
        gradient(KEEP, parameters, input, error), gradient(recompute, parameters, input, error));
  }

  private static float[] gradient(
      TimNetworkConfig config, INDArray parameters, TimInput input, INDArray error) {
    TimNetwork network = TimNetwork.withParameters(config, parameters.dup());
    network.forward(input);
    return network.backward(error, null).toFloatVector();
  }

  /** Configurations that were saved before the setting existed hold no such property. */
  @Test
  void everythingIsKeptUnlessSet() {
    assertEquals(BlockActivations.KEEP, KEEP.activations());
    String json = KEEP.toJson().replaceFirst(",\\s*\"activations\" : \"KEEP\"", "");
    assertEquals(KEEP, TimNetworkConfig.fromJson(json));
  }
}
