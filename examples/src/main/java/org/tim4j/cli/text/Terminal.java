package org.tim4j.cli.text;

import picocli.CommandLine.Model.CommandSpec;

/** The width of the terminal that a command writes to. */
public final class Terminal {
  private static final int NARROWEST = 40;
  private static final String COLUMNS = "COLUMNS";

  private Terminal() {}

  /** Characters of a line: what the environment says, or what the terminal has, or 80. */
  public static int width(CommandSpec command) {
    String columns = System.getenv(COLUMNS);
    return columns != null && columns.matches("[1-9][0-9]{0,3}")
        ? Math.max(NARROWEST, Integer.parseInt(columns))
        : command.usageMessage().width();
  }
}
