package org.tim4j.cli.serve;

import org.tim4j.layers.base.TimException;

/** As many requests wait as the server lets wait. */
final class BusyException extends TimException {
  private static final long serialVersionUID = 1L;

  BusyException(int waiting) {
    super(waiting + " requests wait already; try again in a moment");
  }
}
