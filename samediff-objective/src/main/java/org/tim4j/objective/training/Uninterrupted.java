package org.tim4j.objective.training;

import org.tim4j.layers.base.TimException;

/**
 * Writing of files in a thread that may be interrupted, in which Java would end it with an error.
 */
public final class Uninterrupted {
  private Uninterrupted() {}

  /**
   * Runs an action without interruption; one that comes in the middle makes it run again. The
   * thread is as interrupted afterwards as it would have been.
   *
   * @param action may be run twice
   */
  public static void run(Runnable action) {
    boolean interrupted = Thread.interrupted();
    try {
      action.run();
    } catch (TimException e) {
      if (!Thread.interrupted()) {
        throw e;
      }
      interrupted = true;
      action.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
