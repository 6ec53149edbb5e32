package org.tim4j.layers.definition;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class LayerNormTest {
  /** If this fails, the layer norm of a single number needs no case of its own any more. */
  @Test
  void reducingAColumnInAGraphStillFails() {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.DOUBLE, -1, 1);
    String mean = x.mean(true, 1).name();
    assertThrows(
        NullPointerException.class,
        () -> graph.outputSingle(Map.of("x", Nd4j.ones(DataType.DOUBLE, 3, 1)), mean));
  }
}
