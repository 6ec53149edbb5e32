package org.tim4j.layers.kernel.thread;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ParallelismTest {
  private static final long LONGER_THAN_PATIENCE = 2_000_000;

  @Test
  void aFailureOfAnyShareIsThrownWhenAllSharesHaveEnded() {
    try (Parallelism two = Parallelism.of(2)) {
      for (int bad = 0; bad < 2; bad++) {
        int failing = bad;
        AtomicBoolean otherEnded = new AtomicBoolean();
        AssertionError error = new AssertionError("on purpose");
        AssertionError thrown =
            assertThrows(
                AssertionError.class,
                () ->
                    two.run(
                        2,
                        (worker, from, to) -> {
                          if (from == failing) {
                            throw error;
                          }
                          LockSupport.parkNanos(LONGER_THAN_PATIENCE);
                          otherEnded.set(true);
                        }));
        assertSame(error, thrown);
        assertTrue(otherEnded.get());
        assertFalse(Thread.interrupted());
      }
    }
  }
}
