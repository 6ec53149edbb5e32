package org.tim4j.layers.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tim4j.layers.base.InvalidInputException;

class StrictJsonTest {
  private enum Colour {
    RED,
    BLUE
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes(@JsonSubTypes.Type(value = Disc.class, name = "disc"))
  private sealed interface Shape {}

  private record Disc(double radius) implements Shape {}

  private record Single(int only) {}

  private record Settings(
      int count,
      long seed,
      double rate,
      boolean on,
      String name,
      Colour colour,
      Double perhaps,
      List<Integer> widths,
      Shape shape,
      Single single) {}

  private static final String WHOLE =
      "{'count':64,'seed':5,'rate':1,'on':true,'name':'','colour':'RED','perhaps':null,"
          + "'widths':[1,2],'shape':{'type':'disc','radius':2.5},'single':{'only':1}}";

  private final StrictJson json = new StrictJson();

  private Settings read(String text) {
    return json.read("the settings", text.replace('\'', '"'), Settings.class);
  }

  @Test
  void whatIsWrittenAsItIsMeantIsRead() {
    Settings settings = read(WHOLE);
    assertEquals(
        new Settings(
            64, 5, 1, true, "", Colour.RED, null, List.of(1, 2), new Disc(2.5), new Single(1)),
        settings);
    assertEquals(settings, json.read("the settings", json.write(settings), Settings.class));
    assertEquals(List.of(), read(WHOLE.replace("[1,2]", "[]")).widths());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "'count':64 | 'count':64.5 | count is 64.5; it must be a whole number",
        "'count':64 | 'count':64.0 | count is 64.0; it must be a whole number",
        "'count':64 | 'count':1e3 | count is 1000.0; it must be a whole number",
        "'count':64 | 'count':'64' | count is '64'; it must be a whole number",
        "'count':64 | 'count':'' | count is ''; it must be a whole number",
        "'count':64 | 'count':null | count is null; it must be a whole number",
        "'count':64 | 'count':true | count is true; it must be a whole number",
        "'count':64 | 'count':[64] | count is [64]; it must be a whole number",
        "'count':64 | 'count':[] | count is []; it must be a whole number",
        "'count':64 | 'count':{} | count is {}; it must be a whole number",
        "'count':64 | 'count':3000000000 | count is 3000000000; it must be a whole number",
        "'count':64, | | count is nothing; it must be a whole number",
        "'seed':5 | 'seed':5.5 | seed is 5.5; it must be a whole number",
        "'seed':5 | 'seed':99999999999999999999 | seed is 99999999999999999999; it must be",
        "'rate':1 | 'rate':'1' | rate is '1'; it must be a number",
        "'rate':1 | 'rate':false | rate is false; it must be a number",
        "'rate':1 | 'rate':1e999 | a number is too large",
        "'rate':1 | 'rate':NaN | this is no JSON (line 1",
        "'on':true | 'on':1 | on is 1; it must be true or false",
        "'on':true | 'on':'true' | on is 'true'; it must be true or false",
        "'name':'' | 'name':5 | name is 5; it must be a text",
        "'name':'' | 'name':true | name is true; it must be a text",
        "'RED' | 0 | colour is 0; it must be one of RED, BLUE",
        "'RED' | '0' | colour is '0'; it must be one of RED, BLUE",
        "'RED' | '' | colour is ''; it must be one of RED, BLUE",
        "'RED' | 'red' | colour is 'red'; it must be one of RED, BLUE",
        "'perhaps':null | 'perhaps':'' | perhaps is ''; it must be a number",
        "[1,2] | [1,2.5] | widths.[1] is 2.5; it must be a whole number",
        "[1,2] | [1,null] | widths",
        "[1,2] | 1 | widths is 1; it must be a list",
        "[1,2] | '' | widths is ''; it must be a list",
        "'disc' | 'cube' | shape is of the type 'cube'; known are disc",
        "'type':'disc', | | shape is of no type; known are disc",
        "2.5} | 2.5,'radios':1} | there is no setting 'shape.radios'; there are radius",
        "'radius':2.5 | 'radius':'2.5' | shape.radius is '2.5'; it must be a number",
        "{'only':1} | 1 | single is 1; it must be an object",
        "{'only':1} | '' | single is ''; it must be an object",
        "'count':64 | 'count':64,'count':64 | 'count' is given twice",
        "'count':64 | 'count':64,'colour2':1 | there is no setting 'colour2'; there are colour",
        "}} | }}} | this is no JSON (line 1",
        "}} | } | this is no JSON (line 1",
      })
  void whatIsMeantOtherwiseIsRefusedByName(String part, String other, String message) {
    String text = WHOLE.replace(part, other == null ? "" : other);
    assertFalse(text.equals(WHOLE), part);
    String refusal = assertThrows(InvalidInputException.class, () -> read(text)).getMessage();
    assertTrue(refusal.startsWith("the settings: "), refusal);
    assertTrue(refusal.replace('"', '\'').contains(message), refusal);
    assertFalse(refusal.contains("com.fasterxml") || refusal.contains("JsonToken"), refusal);
  }

  @Test
  void nothingIsNotAnObject() {
    assertThrows(InvalidInputException.class, () -> read(""));
    assertThrows(InvalidInputException.class, () -> read("  "));
  }
}
