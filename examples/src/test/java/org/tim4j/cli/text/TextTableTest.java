package org.tim4j.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private final TextTable figures =
      TextTable.of("NFE", "Fréchet", "recall").row("1", "0.33", "0.9").row("128", "12.5", "");

  @Test
  void columnsAreAsWideAsTheirCells() {
    assertEquals(
        List.of("NFE  Fréchet  recall", "  1     0.33     0.9", "128     12.5"),
        figures.text(20).lines().toList());
  }

  @Test
  void aTableThatIsTooWideBecomesLines() {
    assertEquals(
        List.of("NFE 1", "  Fréchet  0.33", "  recall   0.9", "NFE 128", "  Fréchet  12.5"),
        figures.text(19).lines().toList());
  }

  @Test
  void theLastColumnIsBrokenBetweenWords() {
    TextTable table =
        TextTable.of("number", "settings").row("7", "rate=0.001 depth=4 heads=2 measure=WHOLE");
    assertEquals(
        List.of("number  settings", "     7  rate=0.001 depth=4", "        heads=2 measure=WHOLE"),
        table.text(30).lines().toList());
  }
}
