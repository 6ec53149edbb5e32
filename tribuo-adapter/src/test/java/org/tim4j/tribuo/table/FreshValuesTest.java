package org.tim4j.tribuo.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

class FreshValuesTest {
  private static RandomStream random() {
    return RandomStream.of(1, 0, Purpose.EVALUATION);
  }

  @Test
  void numberedCodesGoOn() {
    FreshValues fresh = FreshValues.of(List.of("C-007", "C-099", "C-012"));
    assertEquals(List.of("C-100", "C-101"), fresh.draw("c", 2, Set.of(), random()));
    assertEquals(List.of("8"), FreshValues.of(List.of("1", "7")).draw("c", 1, Set.of(), random()));
  }

  @Test
  void otherCodesLookAlikeAndAreNone() {
    List<String> real =
        IntStream.range(0, 50)
            .mapToObj(
                i -> "%c%c-%d%d-%c".formatted('A' + i % 7, 'K' + i % 5, i % 10, i % 3, 'X' + i % 3))
            .distinct()
            .toList();
    List<String> made = FreshValues.of(real).draw("c", 200, new HashSet<>(real), random());
    assertEquals(200, new HashSet<>(made).size());
    for (String value : made) {
      assertTrue(value.matches("[A-G][K-O]-[0-9][0-2]-[X-Z]"), value);
      assertTrue(!real.contains(value), value);
    }
  }

  @Test
  void moreThanThereAreAreRefused() {
    FreshValues fresh = FreshValues.of(List.of("a1x", "b1y"));
    assertEquals(
        Set.of("a1y", "b1x"), new HashSet<>(fresh.draw("c", 2, Set.of("a1x", "b1y"), random())));
    assertThrows(
        InvalidInputException.class, () -> fresh.draw("c", 3, Set.of("a1x", "b1y"), random()));
  }
}
