package org.tim4j.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TurnstileTest {
  @Test
  void oneTooManyIsTurnedAwayAtOnceAndAPlaceIsFreeAgainAfterwards() throws Exception {
    Turnstile turnstile = new Turnstile(1);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> first =
          other.submit(
              () ->
                  turnstile.pass(
                      () -> {
                        inside.countDown();
                        leave.await();
                        return 1;
                      }));
      inside.await();
      BusyException busy = assertThrows(BusyException.class, () -> turnstile.pass(() -> 2));
      assertTrue(busy.getMessage().contains("1 requests wait"), busy.getMessage());
      leave.countDown();
      assertEquals(1, first.get());
      assertEquals(3, turnstile.pass(() -> 3));
    } finally {
      other.shutdown();
    }
  }

  @Test
  void workThatFailsLeavesItsPlace() throws Exception {
    Turnstile turnstile = new Turnstile(1);
    assertThrows(
        IllegalStateException.class,
        () ->
            turnstile.pass(
                () -> {
                  throw new IllegalStateException("as asked");
                }));
    assertEquals(4, turnstile.pass(() -> 4));
  }
}
