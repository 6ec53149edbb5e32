package org.tim4j.layers.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.tim4j.layers.TimPreset;
import org.tim4j.layers.base.InvalidInputException;

class OfficialConfigTest {
  /** The published file of the largest class-conditional network, in the names of its code. */
  private static ObjectNode xl() throws JsonProcessingException {
    return (ObjectNode)
        new ObjectMapper()
            .readTree(
                """
                {"in_channels": 4, "patch_size": 2, "hidden_size": 1152, "depth": 28,
                 "num_heads": 16, "num_classes": 1000, "lora_hidden_size": 384, "qk_norm": true,
                 "distance_aware": true, "use_new_embed": true, "new_condition": "t-r",
                 "encoder_depth": 8, "projector_dim": 2048, "z_dim": 768}
                """);
  }

  @Test
  void theAuthorsSettingsAreThoseOfThePreset() throws JsonProcessingException {
    assertEquals(TimPreset.XL_2.config(), OfficialConfig.read(xl()).build());
  }

  @Test
  void missingAndUnknownSettingsAreNamed() throws JsonProcessingException {
    ObjectNode missing = xl();
    missing.remove("depth");
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> OfficialConfig.read(missing));
    assertTrue(refusal.getMessage().contains("depth"), refusal.getMessage());
    ObjectNode unknown = xl().put("new_condition", "r-t");
    refusal = assertThrows(InvalidInputException.class, () -> OfficialConfig.read(unknown));
    assertTrue(refusal.getMessage().contains("r-t"), refusal.getMessage());
  }
}
