package org.tim4j.objective;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.Condition;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.sampling.SamplingRequest;
import org.tim4j.objective.sampling.TransitionSampler;
import org.tim4j.objective.transport.OtFlowMatching;

class ConditionRangeTest {
  private static INDArray classes(double... values) {
    return Nd4j.createFromArray(values).reshape(values.length, 1);
  }

  @Test
  void onlyKnownClassesPass() {
    Condition withNull = new Condition.Classes(10, true);
    Condition withoutNull = new Condition.Classes(10, false);
    assertDoesNotThrow(() -> ConditionRange.check(withNull, classes(0, 9, 10)));
    assertDoesNotThrow(() -> ConditionRange.check(withoutNull, classes(0, 9)));
    for (double unknown : new double[] {-1, 11, 0.5, Double.NaN}) {
      InvalidInputException refusal =
          assertThrows(
              InvalidInputException.class,
              () -> ConditionRange.check(withNull, classes(3, unknown)));
      assertTrue(refusal.getMessage().contains("sample 1"), refusal.getMessage());
    }
    assertThrows(InvalidInputException.class, () -> ConditionRange.check(withoutNull, classes(10)));
    assertDoesNotThrow(() -> ConditionRange.check(new Condition.Vector(1), classes(0.5, 77)));
  }

  @Test
  void samplingAnUnknownClassIsRefused() {
    OtFlowMatching transport = OtFlowMatching.standard();
    TransitionSampler sampler =
        new TransitionSampler(new NetworkTransition(TrainNetwork.load(), transport), transport);
    SamplingRequest request =
        SamplingRequest.fromNoise(1, 2, 4, 8, 8)
            .dataType(DataType.DOUBLE)
            .condition(classes(3, 11))
            .build();
    assertThrows(InvalidInputException.class, () -> sampler.sample(request));
  }
}
