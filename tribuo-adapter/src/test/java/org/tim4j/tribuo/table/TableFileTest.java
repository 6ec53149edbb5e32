package org.tim4j.tribuo.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tim4j.layers.base.InvalidInputException;

/** Dialects, types and markers of CSV files, and what is refused. */
class TableFileTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("table.csv"), text);
  }

  private TableFile open(String text) throws IOException {
    return TableFile.open(file(text));
  }

  private ColumnSchema column(String... cells) throws IOException {
    StringBuilder text = new StringBuilder("other,x\n");
    for (int i = 0; i < cells.length; i++) {
      text.append(i % 3).append(",\"").append(cells[i]).append("\"\n");
    }
    return open(text.toString()).schema().column("x");
  }

  private String refusal(String text) throws IOException {
    Path path = file(text);
    return assertThrows(InvalidInputException.class, () -> TableFile.open(path).table())
        .getMessage();
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void separatorsAreFoundOut(String separator) throws IOException {
    TableFile file = open("a,b,c\n1,x,2.5\n2,y,3.5\n".replace(",", separator));
    assertEquals(separator.charAt(0), file.schema().file().separator());
    assertEquals(List.of("a", "b", "c"), file.schema().names());
    assertArrayEquals(new double[] {2.5, 3.5}, file.table().columns().get(2).values());
  }

  @Test
  void decimalCommasAreNumbers() throws IOException {
    TableFile file = open("a;b\n1,5;x\n-0,25;y\n3;x\n");
    assertTrue(file.schema().column("a").number().comma());
    assertArrayEquals(new double[] {1.5, -0.25, 3}, file.table().columns().get(0).values());
    assertEquals(ColumnType.NUMBER, column("3,14", "2,7").type());
    // Between commas, three digits are rather thousands.
    assertEquals(ColumnType.CATEGORY, column("1,234", "5,678").type());
  }

  @Test
  void marksLineEndsAndBlankLinesDoNotMatter() throws IOException {
    TableFile plain = open("a,b\n1,x\n2,y\n");
    TableFile dressed = open("\uFEFFa,b\r\n1,x\r\n\r\n2,y\r\n\r\n  \r\n\r\n");
    assertEquals(plain.schema().columns(), dressed.schema().columns());
    assertEquals(2, dressed.rows());
    assertTrue(dressed.schema().file().byteOrderMark());
    assertTrue(dressed.schema().file().crlf());
    assertFalse(plain.schema().file().crlf());
  }

  @Test
  void blanksAfterSeparatorsAreNoPartOfCells() throws IOException {
    TableFile file = open("a, b\n1, x\n2, y\n");
    assertEquals(List.of("a", "b"), file.schema().names());
    assertEquals(List.of("x", "y"), file.table().columns().get(1).categories());
  }

  @Test
  void encodingsAreRecognised() throws IOException {
    String text = "city,n\nsüd,1\nsød,2\nsüd,3\n";
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1, Charset.forName("cp1252"))) {
      Path path = Files.write(folder.resolve("encoded.csv"), text.getBytes(charset));
      assertEquals(
          List.of("süd", "sød"), TableFile.open(path).table().columns().get(0).categories());
    }
    Path wide =
        Files.write(
            folder.resolve("wide.csv"), ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE));
    assertEquals(List.of("süd", "sød"), TableFile.open(wide).table().columns().get(0).categories());
  }

  @Test
  void damagedTextIsRefused() throws IOException {
    byte[] bytes = "city,n\nsüd,1\nsxd,2\n".getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 5] = (byte) 0xF8;
    Path path = Files.write(folder.resolve("damaged.csv"), bytes);
    String message =
        assertThrows(InvalidInputException.class, () -> TableFile.open(path)).getMessage();
    assertTrue(message.contains("line 3 is no UTF-8"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1D|1F|2D",
        "00501|10001|02134",
        "0x1p3|0x2p3",
        "1234567890123456|1234567890123457",
        "9007199254740993|1",
        "1E3|2E5",
        "+49170|+49171",
        "1_000|2_000",
        "١|٢"
      })
  void codesAreNoNumbers(String cells) throws IOException {
    String[] texts = cells.split("\\|");
    ColumnSchema column = column(texts);
    assertEquals(ColumnType.CATEGORY, column.type(), cells);
    TableFile file = TableFile.open(folder.resolve("table.csv"));
    assertEquals(List.of(texts), file.table().columns().get(1).categories());
  }

  @ParameterizedTest
  @CsvSource({
    "1|2|3, integer",
    "-1|0, integer",
    "1.0|2.5, number",
    ".5|1, number",
    "1e-5|2.5e10, number",
    "1e5|2e5, integer",
    "true|false, boolean",
    "Yes|No, boolean",
    "T|F|T, boolean",
    "1999-12-31|2024-02-29, datetime",
    "31.12.1999|01.02.2003, datetime",
    "8:05|23:59, datetime",
    "2024-01-01 10:00:00|2024-01-02 11:30:15, datetime",
    "2024-01-01T10:00:00Z|2024-01-01T10:00:01Z, datetime",
    "12/31/1999|01/02/2003, datetime",
    "2024-01|2024-12, datetime",
    "red|green, category",
    "2024-02-30|2024-01-01, category",
    "5|5, constant"
  })
  void typesAreFoundOut(String cells, String type) throws IOException {
    assertEquals(ColumnType.of(type), column(cells.split("\\|")).type());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"NA", "N/A", "null", "NULL", "NaN", "nan", "None", "?", "-", "inf", "-inf", ""})
  void markersAmongNumbersAreMissing(String marker) throws IOException {
    ColumnSchema column = column("1.5", marker, "2.5", marker);
    assertEquals(ColumnType.NUMBER, column.type());
    assertEquals(List.of(marker), column.missing());
    TableFile file = TableFile.open(folder.resolve("table.csv"));
    assertArrayEquals(
        new double[] {1.5, Double.NaN, 2.5, Double.NaN}, file.table().columns().get(1).values());
    assertEquals(
        !marker.isEmpty(),
        file.notes().stream().anyMatch(note -> note.contains("'" + marker + "' read as missing")));
  }

  @Test
  void markersAmongTextsStayCategories() throws IOException {
    assertEquals(ColumnType.CATEGORY, column("None", "garage", "None", "?").type());
    assertEquals(
        List.of("None", "garage", "?"),
        TableFile.open(folder.resolve("table.csv")).table().columns().get(1).categories());
  }

  @Test
  void aWordAmongManyNumbersIsNamed() throws IOException {
    String numbers =
        IntStream.range(0, 99)
            .mapToObj(i -> i % 4 + "," + i + ".5\n")
            .collect(Collectors.joining());
    String message = refusal("a,b\n" + numbers + "1,lost\n");
    assertTrue(message.contains("'b'") && message.contains("'lost' (line 101)"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1,%03d.50\"", "$%d.5", "%d %%", "%d EUR", "\"%d,500\"", "1 %03d"})
  void numbersWithUnitsAreRefused(String pattern) throws IOException {
    StringBuilder text = new StringBuilder("a,price\n");
    for (int i = 100; i < 200; i++) {
      text.append(i % 5).append(',').append(pattern.formatted(i)).append('\n');
    }
    String message = refusal(text.toString());
    assertTrue(message.contains("'price'") && message.contains("(line 2)"), message);
  }

  @Test
  void identifiersAndFreeTextAreFoundOut() throws IOException {
    StringBuilder text = new StringBuilder("id,code,remark,x\n");
    for (int i = 1; i <= 120; i++) {
      text.append("%d,C-%03d,said %s,%d%n".formatted(i, i, "ab".repeat(i), i % 3));
    }
    TableFile file = open(text.toString());
    assertEquals(
        List.of(ColumnType.IDENTIFIER, ColumnType.IDENTIFIER, ColumnType.TEXT, ColumnType.INTEGER),
        file.schema().columns().stream().map(ColumnSchema::type).toList());
    assertEquals(3, file.notes().size(), file.notes().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "''!is empty",
        "'  '!is empty",
        "'a,b'!has a header and no rows",
        "'a,b\n'!has a header and no rows",
        "'a,a\n1,2'!two columns 'a'",
        "'a,,b\n1,2,3'!column 2 has no name",
        "'a,b\n1,2\n1,2,3'!line 3 has 3 cells",
        "'a,b\n1,2\n1'!line 3 has 1 cells",
        "'a,b\n1,2\n3,\"4'!is no CSV file"
      })
  void unusableFilesAreRefused(String text, String message) throws IOException {
    String refusal = refusal(text);
    assertTrue(refusal.contains(message), refusal);
    assertFalse(refusal.contains("\n"), refusal);
  }

  @Test
  void metadataDecides() throws IOException {
    Path path = file("zip,n,when,note\n501,7,3/4/2020,a\n502,-9,12/4/2020,b\n501,8,5/4/2020,c\n");
    TableSchema given =
        TableSchema.fromJson(
            """
            {"columns": [
              {"name": "zip", "type": "category"},
              {"name": "n", "type": "integer", "missing": ["-9"], "range": {"minimum": 0, "maximum": 10}},
              {"name": "when", "type": "datetime", "format": "M/d/yyyy"},
              {"name": "note", "type": "text"}]}
            """);
    TableFile file = TableFile.open(path, given);
    assertEquals(
        List.of("zip", "n", "when"),
        file.table().columns().stream().map(TableColumn::name).toList());
    assertArrayEquals(new double[] {7, Double.NaN, 8}, file.table().columns().get(1).values());
    // March 4th to May 4th: 61 days.
    double[] days = file.table().columns().get(2).values();
    assertEquals(61, days[2] - days[0]);
    assertEquals(file.schema(), TableSchema.fromJson(file.schema().toJson()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "{\"columns\": [{\"name\": \"z\", \"type\": \"integer\"}]}!has no column 'z'",
        "{\"columns\": [{\"name\": \"a\", \"type\": \"float\"}]}!'float' is no type of column",
        "{\"columns\": [{\"name\": \"a\"}]}!lacks its name or its type",
        "{\"columns\": [{\"name\": \"a\", \"type\": \"datetime\"}]}!needs a format",
        "{\"columns\": [{\"name\": \"a\", \"type\": \"datetime\", \"format\": \"QQQQQQ\"}]}!is no format",
        "{\"columns\": [{\"name\": \"b\", \"type\": \"integer\"}]}!line 2: 'x' in the column 'b' is no integer",
        "{\"columns\": [{\"name\": \"a\", \"type\": \"integer\", \"range\": {\"maximum\": 1}}]}!line 3: '2' in the column 'a' is out of its range",
        "{\"columns\": [{\"name\": \"a\", \"type\": \"constant\"}]}!is to be constant",
        "{\"columns\": [{\"name\": \"a\", \"type\": \"integer\", \"min\": 1}]}!min",
        "{\"columns\"!not JSON",
        "{}!names no columns"
      })
  void metadataThatDoNotFitAreRefused(String json, String message) throws IOException {
    Path path = file("a,b\n1,x\n2,y\n");
    String refusal =
        assertThrows(
                InvalidInputException.class,
                () -> TableFile.open(path, TableSchema.fromJson(json)).table())
            .getMessage();
    assertTrue(refusal.contains(message), refusal);
  }
}
