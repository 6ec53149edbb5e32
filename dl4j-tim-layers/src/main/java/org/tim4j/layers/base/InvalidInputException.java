package org.tim4j.layers.base;

/** A value, a shape, a file or a combination of settings that cannot be used as given. */
public final class InvalidInputException extends TimException {
  public InvalidInputException(String message) {
    super(message);
  }

  public InvalidInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
