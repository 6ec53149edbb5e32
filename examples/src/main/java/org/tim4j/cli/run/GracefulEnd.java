package org.tim4j.cli.run;

import java.util.concurrent.CountDownLatch;

/**
 * Lets the training of a thread end after its step, and write its checkpoint, when the process is
 * asked to end (Ctrl-C).
 */
final class GracefulEnd {
  private static final int MILLIS_FOR_A_LAST_WORD = 1000;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;

  private GracefulEnd() {
    Thread training = Thread.currentThread();
    hook = new Thread(() -> end(training), "tim-graceful-end");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void end(Thread training) {
    training.interrupt();
    try {
      ended.await();
      training.join(MILLIS_FOR_A_LAST_WORD);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Nobody waits for more.
    }
  }

  /** Runs a training in the calling thread. */
  static void run(Runnable training) {
    GracefulEnd end = new GracefulEnd();
    try {
      training.run();
    } finally {
      end.close();
    }
  }

  private void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook is what waited for this.
    }
  }
}
