package org.tim4j.layers.kernel.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArenaTest {
  private final Arena arena = new Arena();

  @AfterEach
  void close() {
    arena.close();
  }

  private static float[] filled(int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return values;
  }

  /** Takes regions of the lengths, fills each with its own number and reads all of them back. */
  private void takeAndUse(int... lengths) {
    FloatMemory[] regions = new FloatMemory[lengths.length];
    for (int i = 0; i < lengths.length; i++) {
      regions[i] = arena.take(lengths[i]);
      assertEquals(lengths[i], regions[i].length());
      assertEquals(0, regions[i].address() % 64, "starts a cache line");
      regions[i].write(0, filled(lengths[i], i + 1), lengths[i]);
    }
    for (int i = 0; i < lengths.length; i++) {
      assertArrayEquals(filled(lengths[i], i + 1), regions[i].toArray());
    }
  }

  @Test
  void regionsDoNotOverlapInTheFirstPassNorInLaterOnes() {
    for (int pass = 0; pass < 3; pass++) {
      takeAndUse(5, 100, 1, 33, 16);
      arena.release(0);
    }
  }

  @Test
  void aPassLikeTheOneBeforeGetsTheSameMemory() {
    takeAndUse(5, 100);
    arena.release(0);
    FloatMemory first = arena.take(5);
    FloatMemory second = arena.take(100);
    long capacity = arena.capacity();
    arena.release(0);
    assertSame(first, arena.take(5));
    assertSame(second, arena.take(100));
    assertEquals(capacity, arena.capacity());
  }

  @Test
  void holdsWhatWasTakenAtOnceAndNotMore() {
    for (int pass = 0; pass < 2; pass++) {
      takeAndUse(160);
      int mark = arena.mark();
      takeAndUse(1600);
      arena.release(mark);
      takeAndUse(320, 320);
      arena.release(mark);
      takeAndUse(16, 1600);
      arena.release(0);
    }
    assertEquals(160 + 16 + 1600, arena.capacity(), 16);
  }

  @Test
  void whatIsTakenBeforeAMarkStaysWhenTheRestIsGivenBackAndGrows() {
    FloatMemory kept = arena.take(50);
    kept.write(0, filled(50, 7), 50);
    int mark = arena.mark();
    for (int length = 10; length < 5000; length *= 3) {
      arena.take(length).write(0, filled(length, 9), length);
      arena.release(mark);
    }
    assertArrayEquals(filled(50, 7), kept.toArray());
  }

  @Test
  void manySizesDoNotGatherMemory() {
    for (int length = 1; length < 20_000; length++) {
      arena.take(length);
      arena.release(0);
    }
    assertTrue(arena.capacity() < 2 * 20_000);
  }

  @Test
  void zeroedRegionsAreZeroEvenWhenUsedBefore() {
    takeAndUse(40);
    arena.release(0);
    assertArrayEquals(new float[40], arena.takeZeroed(40).toArray());
  }

  @Test
  void aRegionKnowsItsEnd() {
    FloatMemory region = arena.take(10);
    arena.take(100);
    assertThrows(IndexOutOfBoundsException.class, () -> region.write(1, new float[10], 10));
  }
}
