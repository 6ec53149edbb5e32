package org.tim4j.layers.kernel.thread;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.kernel.gemm.BlasThreads;
import org.tim4j.layers.kernel.gemm.OneDnn;
import org.tim4j.layers.kernel.loops.Loops;

/**
 * The threads that kernels may use: one knob for our threads and, inside kernels, for BLAS.
 *
 * <p>Work is divided statically: worker {@code k} of {@code n} always gets the same share, so that
 * results depend on the number of threads but not on timing. Networks that share one instance take
 * turns, so several of them may train at once without more running threads than this budget.
 */
public final class Parallelism implements AutoCloseable {
  /** Name of the system property with the number of threads of {@link #ofProcess}. */
  public static final String THREADS_PROPERTY = "org.tim4j.threads";

  /** A share of the work: items {@code from} (inclusive) to {@code to} (exclusive). */
  @FunctionalInterface
  public interface Task {
    void run(Worker worker, int from, int to);
  }

  private final List<Worker> workers = new ArrayList<>();
  private final List<Helper> helpers = new ArrayList<>();
  private final ReentrantLock turn = new ReentrantLock(true);

  private Parallelism(int threads, Loops loops) {
    for (int i = 0; i < threads; i++) {
      workers.add(new Worker(i, loops));
    }
    for (int i = 1; i < threads; i++) {
      helpers.add(new Helper(threads));
    }
  }

  /**
   * A budget of {@code threads} threads, the caller's included.
   *
   * @throws InvalidInputException if {@code threads} is below 1
   */
  public static Parallelism of(int threads) {
    return of(threads, Loops.best());
  }

  public static Parallelism of(int threads, Loops loops) {
    if (threads < 1) {
      throw new InvalidInputException("The number of threads was " + threads + "; give 1 or more.");
    }
    return new Parallelism(threads, loops);
  }

  /** A budget of as many threads as the machine has processors. */
  public static Parallelism ofProcessors() {
    return of(Runtime.getRuntime().availableProcessors());
  }

  /**
   * The budget that networks share unless they are given another: as many threads as the system
   * property {@value #THREADS_PROPERTY} says when the first network is made, or all processors, so
   * that several networks in one process do not run more threads than there are.
   */
  public static Parallelism ofProcess() {
    return OfProcess.BUDGET;
  }

  private static final class OfProcess {
    private static final Parallelism BUDGET =
        of(Integer.getInteger(THREADS_PROPERTY, Runtime.getRuntime().availableProcessors()));
  }

  /** Number of threads. */
  public int threads() {
    return workers.size();
  }

  /** Runs the task on {@code items} items, divided evenly; returns when all of it is done. */
  public void run(int items, Task task) {
    inOneTurn(() -> BlasThreads.single(() -> runShares(items, task)));
    Reference.reachabilityFence(this); // Its workers' memory is used by address.
  }

  /**
   * Runs an action that calls {@link #run} several times, without another network in between: what
   * its first run leaves in the workers' memory is there for its next one.
   */
  public void inOneTurn(Runnable action) {
    turn.lock();
    try {
      action.run();
    } finally {
      turn.unlock();
    }
  }

  private void runShares(int items, Task task) {
    int shares = Math.min(items, workers.size());
    for (int k = 1; k < shares; k++) {
      Worker worker = workers.get(k);
      int from = start(items, shares, k);
      int to = start(items, shares, k + 1);
      helpers.get(k - 1).start(() -> OneDnn.single(() -> task.run(worker, from, to)));
    }
    Throwable failure = null;
    try {
      int own = start(items, shares, 1);
      OneDnn.single(() -> task.run(workers.get(0), 0, own));
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    for (int k = 1; k < shares; k++) {
      Throwable other = helpers.get(k - 1).await();
      failure = failure == null ? other : failure;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (RuntimeException) failure; // Tasks throw no checked exceptions.
    }
  }

  private static int start(int items, int shares, int k) {
    return (int) ((long) items * k / shares);
  }

  /** Ends the threads and frees their scratch memory. */
  @Override
  public void close() {
    turn.lock();
    try {
      helpers.forEach(Helper::close);
      workers.forEach(Worker::close);
    } finally {
      turn.unlock();
    }
  }
}
