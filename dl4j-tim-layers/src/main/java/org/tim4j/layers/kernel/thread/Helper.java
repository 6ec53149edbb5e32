package org.tim4j.layers.kernel.thread;

import java.util.concurrent.locks.LockSupport;

/**
 * A thread that runs one task at a time for another thread.
 *
 * <p>A training step gives out some dozens of tasks, one soon after the other. To sleep in between
 * and to be woken costs more than some of them take, so both sides look out for the other for a
 * moment before they sleep.
 */
final class Helper implements AutoCloseable {
  /** How long to look out, where threads have processors of their own. */
  private static final long PATIENCE_NANOS = 100_000;

  private final Thread thread = new Thread(this::serve, "tim-kernel");
  private final long patience;
  private volatile Runnable task;
  private volatile Thread caller;
  private volatile boolean closed;

  /** What the last task threw, or null; read after the task is seen to be done. */
  private Throwable failure;

  /**
   * @param budget the threads that work at once, callers included
   */
  Helper(int budget) {
    patience = budget <= Runtime.getRuntime().availableProcessors() ? PATIENCE_NANOS : 0;
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Starts a task; the one before it has been waited for.
   *
   * @throws IllegalStateException after {@link #close}
   */
  void start(Runnable work) {
    if (closed) {
      throw new IllegalStateException("The threads of this Parallelism were ended by close().");
    }
    caller = Thread.currentThread();
    task = work;
    LockSupport.unpark(thread);
  }

  /**
   * Waits for the end of the task, even when interrupted: a task must never outlive the memory that
   * it uses.
   *
   * @return what it threw, or null
   */
  Throwable await() {
    boolean interrupted = false;
    long end = System.nanoTime() + patience;
    while (task != null) {
      if (System.nanoTime() < end) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return failure;
  }

  private void serve() {
    long end = System.nanoTime() + patience;
    while (!closed) {
      if (task != null) {
        Thread waiting = caller;
        run();
        task = null;
        LockSupport.unpark(waiting);
        end = System.nanoTime() + patience;
      } else if (System.nanoTime() < end) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
      }
    }
  }

  private void run() {
    try {
      task.run();
      failure = null;
    } catch (Throwable e) { // The thread outlives it; the caller throws it.
      failure = e;
    }
  }

  /** Ends the thread; a task that runs is not waited for. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
