package org.tim4j.tribuo.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberFormatTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.50 2.25|0.1|0.10", "1.5 2|0.25|0.2", "1 2|3|3", "1e-3 5|0.002|0.002",
        "1.5 -2|-0.04|0", "0.00000001 1|0.00000003|3.0E-8", "5. 6.5|7|7", "1.5e3 20|1500|1500"
      })
  void numbersAreWrittenAsTheRealOnes(String real, double value, String written) {
    assertEquals(written, NumberFormat.of(List.of(real.split(" ")), false).format(value));
  }

  @Test
  void whatIsWrittenIsReadBack() {
    NumberFormat comma = NumberFormat.of(List.of("1,50", "20,25"), true);
    assertEquals("3,70", comma.format(3.7));
    assertEquals(3.7, comma.parse("3,70").orElseThrow());
    for (double value : new double[] {0.1, 123456.789, 1e-9, -4.25, 1e14}) {
      NumberFormat format = new NumberFormat(9, false, false);
      assertEquals(value, format.parse(format.format(value)).orElseThrow());
      assertEquals(value, format.round(value));
    }
  }
}
