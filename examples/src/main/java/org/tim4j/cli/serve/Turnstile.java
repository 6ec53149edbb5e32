package org.tim4j.cli.serve;

import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one request after the other to the network, in the order of their coming, and few wait. */
final class Turnstile {
  private final int places;
  private final Semaphore waiting;
  private final ReentrantLock turn = new ReentrantLock(true);

  /**
   * @param places requests that may wait or be served at once
   */
  Turnstile(int places) {
    this.places = places;
    this.waiting = new Semaphore(places);
  }

  /**
   * Runs the work when it is its turn.
   *
   * @throws BusyException at once, if too many wait
   */
  <T> T pass(Callable<T> work) throws Exception {
    if (!waiting.tryAcquire()) {
      throw new BusyException(places);
    }
    try {
      turn.lockInterruptibly();
      try {
        return work.call();
      } finally {
        turn.unlock();
      }
    } finally {
      waiting.release();
    }
  }
}
