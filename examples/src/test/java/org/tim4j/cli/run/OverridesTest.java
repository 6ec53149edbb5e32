package org.tim4j.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tim4j.cli.data.ImageShape;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.interval.WeightForm;
import org.tim4j.objective.transport.VpSde;

class OverridesTest {
  private static final RunSettings DEFAULTS = RunSettings.forImages(new ImageShape(1, 8, 8), 10);

  @Test
  void numbersAndChoicesAreReplacedByShortOrWholeNames() {
    RunSettings changed =
        Overrides.apply(
            DEFAULTS,
            Map.of(
                "hidden", "192",
                "network.qkNorm", "false",
                "optimizer.learningRate", "5e-4",
                "form", "SOFT_MIN_SNR"));
    assertEquals(192, changed.network().hidden());
    assertEquals(false, changed.network().qkNorm());
    assertEquals(5e-4, changed.training().optimizer().learningRate());
    assertEquals(WeightForm.SOFT_MIN_SNR, changed.training().loss().weighting().form());
    assertEquals(DEFAULTS.training().steps(), changed.training().steps());
  }

  @Test
  void wholeObjectsAreReplacedByJson() {
    RunSettings changed =
        Overrides.apply(
            DEFAULTS,
            Map.of(
                "transport",
                "{\"type\":\"VP_SDE\",\"betaMin\":0.1,\"betaRange\":19.9,\"tMin\":1e-5,"
                    + "\"timesteps\":1000,\"sigmaData\":1}"));
    assertEquals(VpSde.standard(), changed.training().transport());
  }

  @Test
  void nothingGivenChangesNothing() {
    assertEquals(DEFAULTS, Overrides.apply(DEFAULTS, Map.of()));
    assertEquals(DEFAULTS, Overrides.apply(DEFAULTS, Map.of("hidden", "128")));
  }

  @Test
  void unknownAmbiguousAndUnfitIsRefused() {
    assertRefused("colour", "1", "there is no setting 'colour'; the settings are network.");
    assertRefused("epsilon", "1", "may mean training.derivative.epsilon or training.optimizer");
    assertRefused("hidden", "7", "heads");
    assertRefused("form", "ROUND", "ROUND");
  }

  private static void assertRefused(String name, String value, String part) {
    String message =
        assertThrows(
                InvalidInputException.class, () -> Overrides.apply(DEFAULTS, Map.of(name, value)))
            .getMessage();
    assertTrue(message.contains(part), message);
  }
}
