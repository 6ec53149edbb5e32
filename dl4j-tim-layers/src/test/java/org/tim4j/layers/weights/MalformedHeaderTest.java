package org.tim4j.layers.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of the header's format, and what the refusal says. */
class MalformedHeaderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "[]|not a JSON object",
        "{}x|not a JSON object",
        " {}|not a JSON object",
        "{} {}|goes on after its closing brace",
        "{'a':1}|tensor 'a' is VALUE_NUMBER_INT",
        "{'a':{}}|needs dtype, shape and two data_offsets",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}|0 bytes follow the header",
        "{'a':{'dtype':'F32','shape':[0],'data_offsets':[0]}}|needs dtype, shape and two",
        "{'a':{'dtype':'F32','shape':[0],'data_offsets':[0,0,0]}}|more than 2 numbers",
        "{'a':{'dtype':'F32','shape':[0],'data_offsets':[4,0]}}|data_offsets are [4, 0]",
        "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,0]}}|negative number -1",
        "{'a':{'dtype':'F32','shape':[0.5],'data_offsets':[0,0]}}|the shape of 'a' is",
        "{'a':{'dtype':'F32','shape':['0'],'data_offsets':[0,0]}}|the shape of 'a' is",
        "{'a':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,0]}}|out of range",
        "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,0]}}|64-bit",
        "{'a':{'dtype':'F5','shape':[0],'data_offsets':[0,0]}}|has dtype F5; known are [F64",
        "{'a':{'dtype':32,'shape':[0],'data_offsets':[0,0]}}|the dtype of 'a' is",
        "{'a':{'dtype':'F32','shape':[0],'data_offsets':[0,0],'crc':1}}|unknown field 'crc'",
        "{'a':{'dtype':'F32','dtype':'F32'}}|Duplicate field 'dtype'",
        "{'__metadata__':{'a':1}}|__metadata__ 'a' is VALUE_NUMBER_INT",
        "{'__metadata__':[]}|__metadata__ is START_ARRAY",
        "{'__metadata__':{},'__metadata__':{}}|Duplicate field '__metadata__'",
        "{'\\ud800':{'dtype':'F32','shape':[0],'data_offsets':[0,0]}}|no valid text",
      })
  void refusalsSayWhatIsWrong(String header, String expected) {
    String message = assertRefused(SafetensorsBytes.of(header.replace('\'', '"')));
    assertTrue(message.contains(expected), message);
  }

  @Test
  void twoTensorsOfOneNameAreRefused() {
    String header =
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
            + "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}";
    assertTrue(assertRefused(SafetensorsBytes.of(header, new byte[2])).contains("Duplicate"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x80, 0xFF, 0xC0})
  void textThatIsNotUtf8IsRefused(int wrong) {
    byte[] header = "{\"?\":{}}".getBytes(StandardCharsets.UTF_8);
    header[2] = (byte) wrong;
    String message = assertRefused(SafetensorsBytes.of(header.length, header));
    assertTrue(message.contains("not valid UTF-8"), message);
  }

  @Test
  void messagesStayOnOneShortLine() {
    String name = "line\\nbreak".repeat(1000);
    String message = assertRefused(SafetensorsBytes.of("{\"" + name + "\":1}"));
    assertFalse(message.contains("\n"));
    assertTrue(message.length() < 1000, message);
  }

  private String assertRefused(byte[] content) {
    Path path = SafetensorsBytes.write(folder, content);
    String message =
        assertThrows(SafetensorsException.class, () -> SafetensorsFile.open(path).close())
            .getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }
}
