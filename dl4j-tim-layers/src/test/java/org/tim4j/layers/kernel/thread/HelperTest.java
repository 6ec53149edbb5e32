package org.tim4j.layers.kernel.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelperTest {
  /** More threads than any machine has processors, so that nobody looks out. */
  private static final int CROWD = 1_000_000;

  private static final long LONGER_THAN_PATIENCE = 2_000_000;

  /** A plain field: what a task writes is seen after the wait for it. */
  private int sum;

  @ParameterizedTest
  @ValueSource(ints = {1, CROWD})
  void runsTasksInTurn(int budget) {
    try (Helper helper = new Helper(budget)) {
      for (int i = 1; i <= 20_000; i++) {
        int value = i;
        helper.start(() -> sum += value);
        assertNull(helper.await());
        assertEquals(i * (i + 1) / 2, sum);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, CROWD})
  void wakesUpAfterALongPauseAndAwaitsALongTask(int budget) {
    try (Helper helper = new Helper(budget)) {
      for (int i = 1; i <= 20; i++) {
        LockSupport.parkNanos(LONGER_THAN_PATIENCE);
        helper.start(
            () -> {
              LockSupport.parkNanos(LONGER_THAN_PATIENCE);
              sum++;
            });
        assertNull(helper.await());
        assertEquals(i, sum);
      }
    }
  }

  @Test
  void tellsWhatATaskThrewAndGoesOn() {
    try (Helper helper = new Helper(1)) {
      RuntimeException failure = new RuntimeException("on purpose");
      helper.start(
          () -> {
            throw failure;
          });
      assertSame(failure, helper.await());
      helper.start(() -> sum = 7);
      assertNull(helper.await());
      assertEquals(7, sum);
    }
  }

  @Test
  void anInterruptDoesNotEndTheWait() {
    try (Helper helper = new Helper(1)) {
      CountDownLatch gate = new CountDownLatch(1);
      AtomicBoolean done = new AtomicBoolean();
      helper.start(
          () -> {
            try {
              gate.await();
              LockSupport.parkNanos(LONGER_THAN_PATIENCE);
              done.set(true);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
      Thread.currentThread().interrupt();
      gate.countDown();
      assertNull(helper.await());
      assertTrue(done.get());
      assertTrue(Thread.interrupted(), "the caller was interrupted and must learn of it");
    }
  }

  @Test
  void aClosedHelperRefusesWork() {
    Helper helper = new Helper(1);
    helper.close();
    assertThrows(IllegalStateException.class, () -> helper.start(() -> sum = 1));
    assertEquals(0, sum);
  }
}
