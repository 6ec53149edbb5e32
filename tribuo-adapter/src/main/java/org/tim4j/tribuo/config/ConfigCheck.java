package org.tim4j.tribuo.config;

import com.oracle.labs.mlrg.olcut.config.PropertyException;

/** Checks of configured values. */
public final class ConfigCheck {
  private ConfigCheck() {}

  /**
   * Requires a property to be valid.
   *
   * @param expected what the property must be, for the message
   * @throws PropertyException if it is not
   */
  public static void require(boolean valid, String property, String expected, Object found) {
    if (!valid) {
      throw new PropertyException(
          "", property, property + " must be " + expected + ", found " + found);
    }
  }
}
