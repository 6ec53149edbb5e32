package org.tim4j.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One command run in this process: its exit code and what it printed. */
record Run(int code, String out, String err) {
  static Run tim(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Tim.create(new PrintWriter(out), new PrintWriter(err)).execute(args);
    return new Run(code, out.toString(), err.toString());
  }

  /** The single line on the error stream of a command that refused its input with exit code 2. */
  String refusal() {
    if (code != 2 || err.strip().contains("\n") || err.isBlank() || !out.isBlank()) {
      throw new AssertionError("expected one line and exit code 2, but got " + this);
    }
    return err.strip();
  }
}
