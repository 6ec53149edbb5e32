package org.tim4j.layers.base;

/**
 * Root of every failure that this project reports on purpose.
 *
 * <p>The message is one sentence for a person: what was given, what was expected, what to do. A
 * command line may print it without a stack trace.
 */
public class TimException extends RuntimeException {
  public TimException(String message) {
    super(message);
  }

  public TimException(String message, Throwable cause) {
    super(message, cause);
  }
}
