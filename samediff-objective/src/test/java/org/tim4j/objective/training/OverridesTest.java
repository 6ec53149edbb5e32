package org.tim4j.objective.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.image.ImageShape;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.interval.WeightForm;
import org.tim4j.objective.transport.VpSde;

class OverridesTest {
  private static final RunSettings DEFAULTS = RunSettings.forImages(new ImageShape(1, 8, 8), 10);

  private static RunSettings with(String... assignments) {
    return DEFAULTS.with(List.of(assignments));
  }

  @Test
  void numbersAndChoicesAreReplacedByShortOrWholeNames() {
    RunSettings changed =
        with(
            "hidden=192",
            "network.qkNorm=false",
            "optimizer.learningRate=5e-4",
            "form=SOFT_MIN_SNR");
    assertEquals(192, changed.network().hidden());
    assertFalse(changed.network().qkNorm());
    assertEquals(5e-4, changed.training().optimizer().learningRate());
    assertEquals(
        WeightForm.SOFT_MIN_SNR,
        ((IntervalWeighting) changed.training().loss().weighting()).form());
    assertEquals(DEFAULTS.training().steps(), changed.training().steps());
  }

  @Test
  void wholeObjectsAreReplacedByJson() {
    RunSettings changed =
        with(
            "transport={\"type\":\"VP_SDE\",\"betaMin\":0.1,\"betaRange\":19.9,\"tMin\":1e-5,"
                + "\"timesteps\":1000,\"sigmaData\":1}");
    assertEquals(VpSde.standard(), changed.training().transport());
  }

  @Test
  void nothingGivenChangesNothing() {
    assertEquals(DEFAULTS, with());
    assertEquals(DEFAULTS, with("hidden=128"));
    assertEquals(DEFAULTS, with("guidance=null"));
    assertEquals(
        Double.POSITIVE_INFINITY, with("clipNorm=Infinity").training().optimizer().clipNorm());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "hidden=64.5 | hidden is 64.5; it must be a whole number",
        "hidden=64.0 | hidden is 64.0; it must be a whole number",
        "hidden= | 'hidden=' gives no setting a value",
        "hidden | 'hidden' gives no setting a value",
        "=64 | '=64' gives no setting a value",
        "hidden=\"64\" | hidden is \"64\"; it must be a whole number",
        "hidden=null | hidden is null; it must be a whole number",
        "hidden=0x40 | the value of network.hidden: this is no JSON",
        "hidden=64, | the value of network.hidden: this is no JSON",
        "hidden=64 32 | the value of network.hidden: this is no JSON",
        "hidden=7 | heads",
        "steps=1e3 | steps is 1000.0; it must be a whole number",
        "steps=3000000000 | steps is 3000000000; it must be a whole number",
        "seed=1.5 | seed is 1.5; it must be a whole number",
        "qkNorm=1 | qkNorm is 1; it must be true or false",
        "qkNorm=yes | qkNorm is \"yes\"; it must be true or false",
        "learningRate=NaN | learningRate is NaN",
        "learningRate=fast | learningRate is \"fast\"; it must be a number",
        "learningRate=1e999 | a number is too large",
        "form=ROUND | form is \"ROUND\"; it must be one of POWER, SOFT_MIN_SNR",
        "form=0 | form is 0; it must be one of POWER, SOFT_MIN_SNR",
        "transport.type=ZIGZAG | transport is of the type 'ZIGZAG'; known are EDM, EDM_OFFICIAL, LINE, OT_FM",
        "intervals={\"diffusionRatio\":0.5} | consistencyRatio is nothing; it must be a number",
        "intervals={\"diffusionRatio\":0,\"diffusionRatio\":1} | 'diffusionRatio' is given twice",
        "optimizer=5 | optimizer is 5; it must be an object",
        "average={\"decay\":0.5,\"warmUp\":\"NONE\",\"half\":1} | there is no setting 'average.half'",
        "colour=1 | there is no setting 'colour'; the settings are network.",
        "epsilon=1 | may mean training.derivative.epsilon or training.optimizer",
      })
  void aValueIsTakenAsItIsOrRefusedByName(String assignment, String part) {
    String message = assertThrows(InvalidInputException.class, () -> with(assignment)).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void aSettingIsGivenOnce() {
    String message =
        assertThrows(InvalidInputException.class, () -> with("hidden=64", "network.hidden=32"))
            .getMessage();
    assertEquals("network.hidden is given twice, as 64 and as 32; give it once", message);
  }

  @Test
  void settingsSurviveTheirText() {
    RunSettings changed =
        with("hidden=64", "epsilon=1e-3".replace("epsilon", "derivative.epsilon"));
    assertEquals(changed, RunSettings.parse("the text", changed.toJson().toString()));
    assertThrows(InvalidInputException.class, () -> RunSettings.parse("the text", "{}"));
    assertThrows(
        InvalidInputException.class,
        () -> RunSettings.parse("the text", "{\"network\":null,\"training\":null}"));
  }
}
