package org.tim4j.objective.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.loss.GuidanceFreeTraining;
import org.tim4j.objective.transport.Edm;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.Transport;
import org.tim4j.objective.transport.TrigFlow;
import org.tim4j.objective.transport.VeSde;
import org.tim4j.objective.transport.VpSde;

class TrainingJsonTest {
  private final TrainingJson json = new TrainingJson();

  static Stream<Transport> transports() {
    return Stream.of(
        OtFlowMatching.standard(),
        TrigFlow.standard(),
        Edm.standard(),
        VpSde.standard(),
        VeSde.standard());
  }

  @ParameterizedTest
  @MethodSource("transports")
  void everyTransportSurvivesTheRoundTrip(Transport transport) {
    TrainingConfig config =
        TrainingConfig.builder()
            .transport(transport)
            .seed(-7)
            .derivative(new DerivativeSettings(DerivativeSettings.Method.DDE, 1e-3))
            .guidance(GuidanceFreeTraining.standard())
            .build();
    assertEquals(config, json.read(json.write(config)));
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.EnumSource(TrainingMethod.class)
  void everyMethodSurvivesTheRoundTrip(TrainingMethod method) {
    TrainingConfig config = TrainingConfig.builder().method(method).build();
    assertEquals(config, json.read(json.write(config)));
    assertEquals(config, config.toBuilder().build());
  }

  @Test
  void aWrongSettingIsNamed() {
    ObjectNode tree = (ObjectNode) json.write(TrainingConfig.builder().build());
    tree.put("lerningRate", 1);
    String unknown = assertThrows(InvalidInputException.class, () -> json.read(tree)).getMessage();
    assertTrue(unknown.contains("lerningRate"), unknown);
    tree.remove("lerningRate");
    tree.put("batchSize", 0);
    String range = assertThrows(InvalidInputException.class, () -> json.read(tree)).getMessage();
    assertTrue(range.contains("batchSize"), range);
  }
}
