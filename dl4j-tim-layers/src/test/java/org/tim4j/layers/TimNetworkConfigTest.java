package org.tim4j.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.tim4j.layers.TimNetworkConfig.Builder;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;

class TimNetworkConfigTest {
  private static Builder small() {
    return TimNetworkConfig.builder().channels(1).patch(2).hidden(48).depth(2).heads(3);
  }

  @Test
  void derivesInnerWidthsAsTheSpecificationSays() {
    assertEquals(36, small().build().modulationRank());
    assertEquals(1024, small().hidden(384).build().mlpHidden());
    assertEquals(2048, small().hidden(768).build().mlpHidden());
    assertEquals(3072, small().hidden(1152).build().mlpHidden());
    assertEquals(32, small().hidden(24).mlpRatio(2.0).build().mlpHidden());
  }

  @ParameterizedTest
  @EnumSource(TimPreset.class)
  void comesBackFromJson(TimPreset preset) {
    assertEquals(preset.config(), TimNetworkConfig.fromJson(preset.config().toJson()));
  }

  static List<Condition> conditions() {
    return List.of(
        new Condition.None(),
        new Condition.Classes(10, false),
        new Condition.Classes(10, true, 0.5),
        new Condition.Vector(4),
        new Condition.Caption(20));
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void comesBackFromJsonWithEveryKindOfCondition(Condition condition) {
    TimNetworkConfig config = small().condition(condition).dataType(DataType.DOUBLE).build();
    assertEquals(config, TimNetworkConfig.fromJson(config.toJson()));
  }

  @Test
  void columnsComeBackFromJsonAndAreNoneInFilesWrittenBeforeThere() {
    TimNetworkConfig rows =
        small().inputKind(InputKind.ROWS).channels(3).patch(1).columns(List.of(1, 2)).build();
    assertEquals(rows, TimNetworkConfig.fromJson(rows.toJson()));
    TimNetworkConfig pictures = small().build();
    String json = pictures.toJson();
    String before = json.replaceFirst(",\\s*\"columns\" : \\[ \\]", "");
    assertTrue(json.length() > before.length(), json);
    assertEquals(pictures, TimNetworkConfig.fromJson(before));
  }

  @Test
  void classesWrittenBeforeTheirDeviationHaveThePublishedOne() {
    TimNetworkConfig config = small().condition(new Condition.Classes(10, true, 0.02)).build();
    String json = config.toJson();
    String before = json.replaceFirst(",\\s*\"deviation\" : 0.02", "");
    assertTrue(json.length() > before.length(), json);
    assertEquals(config, TimNetworkConfig.fromJson(before));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.5, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesClassesOfNoDeviation(double deviation) {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> new Condition.Classes(3, true, deviation));
    assertEquals(
        "deviation is " + deviation + "; give a finite number greater than zero", e.getMessage());
  }

  @Test
  void saysWhichSettingOfAFileDoesNotFit() {
    String json = small().condition(new Condition.Classes(10, true, 0.5)).build().toJson();
    for (String[] change :
        new String[][] {
          {"\"heads\" : 3", "\"heads\" : 5", "5 heads do not divide the hidden size 48"},
          {"\"deviation\" : 0.5", "\"deviation\" : -1", "deviation is -1.0; give a finite number"}
        }) {
      String changed = json.replace(change[0], change[1]);
      InvalidInputException e =
          assertThrows(InvalidInputException.class, () -> TimNetworkConfig.fromJson(changed));
      assertTrue(e.getMessage().startsWith(change[2]), e.getMessage());
    }
  }

  /** A change of settings that do not fit, and a word of the message. */
  record Misfit(String word, UnaryOperator<Builder> change) {}

  static List<Misfit> misfits() {
    return List.of(
        new Misfit("channels", b -> b.channels(0)),
        new Misfit("patch", b -> b.patch(-1)),
        new Misfit("depth", b -> b.depth(0)),
        new Misfit("hidden", b -> b.hidden(0)),
        new Misfit("do not divide", b -> b.heads(5)),
        new Misfit("multiple of 4", b -> b.heads(8)),
        new Misfit("modulationRank", b -> b.modulationRank(0)),
        new Misfit("mlpRatio", b -> b.mlpRatio(0)),
        new Misfit("mlpRatio", b -> b.mlpRatio(Double.NaN)),
        new Misfit("condition", b -> b.condition(null)),
        new Misfit("tokens", b -> b.inputKind(InputKind.TOKENS)),
        new Misfit("columns is empty", b -> b.inputKind(InputKind.ROWS).patch(1)),
        new Misfit(
            "channels = 1", b -> b.inputKind(InputKind.ROWS).patch(1).columns(List.of(1, 1))),
        new Misfit("width", b -> b.inputKind(InputKind.ROWS).patch(1).columns(List.of(3, 0))),
        new Misfit("only ROWS", b -> b.columns(List.of(1, 2))),
        new Misfit("block 3", b -> b.representation(new RepresentationAlignment(3, 8, 8))),
        new Misfit("INT", b -> b.dataType(DataType.INT32)),
        new Misfit("fused", b -> b.dataType(DataType.DOUBLE).runtime(TimRuntime.FUSED)));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void refusesSettingsThatDoNotFit(Misfit misfit) {
    Builder builder = misfit.change().apply(small());
    InvalidInputException thrown = assertThrows(InvalidInputException.class, builder::build);
    assertTrue(thrown.getMessage().contains(misfit.word()), thrown.getMessage());
  }

  @Test
  void refusesTextThatIsNoConfiguration() {
    assertThrows(InvalidInputException.class, () -> TimNetworkConfig.fromJson("{\"hidden\": []}"));
    assertThrows(InvalidInputException.class, () -> TimNetworkConfig.fromJson("weights"));
  }

  @Test
  void refusesJsonWhoseSettingsDoNotFit() {
    String json = small().build().toJson().replace("\"heads\" : 3", "\"heads\" : 7");
    InvalidInputException thrown =
        assertThrows(InvalidInputException.class, () -> TimNetworkConfig.fromJson(json));
    assertTrue(thrown.getMessage().contains("7 heads"), thrown.getMessage());
  }
}
