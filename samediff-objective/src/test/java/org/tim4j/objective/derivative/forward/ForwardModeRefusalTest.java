package org.tim4j.objective.derivative.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;

/** What forward mode refuses, by name and before it changes the graph. */
class ForwardModeRefusalTest {
  private final SameDiff graph = SameDiff.create();
  private final SDVariable x = graph.placeHolder("x", DataType.DOUBLE, -1, 3);
  private final SDVariable dx = graph.placeHolder("dx", DataType.DOUBLE, -1, 3);

  @Test
  void anOperationWithoutARuleIsNamed() {
    SDVariable y = graph.math.neg(graph.cumprod(x, 1)).rename("y");
    MissingTangentRuleException error =
        assertThrows(
            MissingTangentRuleException.class, () -> new ForwardMode().tangent(y, Map.of("x", dx)));
    assertEquals("cumprod", error.operation());
    assertEquals(List.of(error.variable()), graph.getOps().get("cumprod").getOutputsOfOp());
    assertTrue(error.getMessage().contains("\"cumprod\""), error.getMessage());
    assertTrue(error.getMessage().contains(error.variable()), error.getMessage());
  }

  @Test
  void wrongSeedsAreRefused() {
    SDVariable y = x.mul(2);
    ForwardMode forward = new ForwardMode();
    SDVariable narrow = graph.placeHolder("narrow", DataType.DOUBLE, -1, 2);
    SDVariable single = graph.placeHolder("single", DataType.FLOAT, -1, 3);
    SDVariable foreign = SameDiff.create().placeHolder("dx", DataType.DOUBLE, -1, 3);
    int before = graph.getOps().size();
    for (Map<String, SDVariable> seeds :
        List.of(
            Map.of("nowhere", dx),
            Map.of("x", narrow),
            Map.of("x", single),
            Map.of("x", foreign))) {
      assertThrows(InvalidInputException.class, () -> forward.tangent(y, seeds));
    }
    assertEquals(before, graph.getOps().size());
  }

  /** Evaluating what SameDiff.repeat makes ends the process, in a branch without tangent, too. */
  @Test
  void whatWouldEndTheProcessIsRefused() {
    SDVariable twice = graph.constant(Nd4j.createFromArray(2));
    SDVariable moved = graph.repeat(x, twice, 1);
    SDVariable still = graph.repeat(graph.var("w", Nd4j.ones(DataType.DOUBLE, 2, 3)), twice, 0);
    for (SDVariable y : List.of(moved, x.mean().add(still.mean()))) {
      InvalidInputException error =
          assertThrows(
              InvalidInputException.class, () -> new ForwardMode().tangent(y, Map.of("x", dx)));
      assertTrue(error.getMessage().contains("\"repeat\""), error.getMessage());
    }
  }
}
