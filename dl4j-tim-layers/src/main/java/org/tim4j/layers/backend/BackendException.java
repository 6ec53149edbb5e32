package org.tim4j.layers.backend;

import org.tim4j.layers.base.TimException;

/** ND4J has nothing to compute on; the message says what is missing and what to do. */
public final class BackendException extends TimException {
  public BackendException(String message) {
    super(message);
  }
}
