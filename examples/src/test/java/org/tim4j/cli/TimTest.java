package org.tim4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TimTest {
  @Test
  void everyCommandExplainsItselfWithAnExample() {
    CommandLine root = Tim.create(new PrintWriter(new StringWriter()), new PrintWriter(System.err));
    for (String command : root.getSubcommands().keySet()) {
      Run help = Run.tim(command, "--help");
      assertEquals(0, help.code(), command);
      assertTrue(help.out().contains("Example"), command);
      assertTrue(help.out().contains("  tim " + command + " "), command);
      assertTrue(help.out().contains("--json"), command);
    }
  }

  @Test
  void wrongUseIsOneLine() {
    assertEquals("tim: no command was given; see tim --help", Run.tim().refusal());
    assertTrue(Run.tim("paint").refusal().contains("'paint'"));
    assertTrue(Run.tim("verify").refusal().contains("--golden"));
    assertTrue(Run.tim("inspect", "--bogus", "x").refusal().contains("--bogus"));
  }

  @Test
  void verboseAddsTheStackTrace() {
    Run run = Run.tim("--verbose", "inspect", "missing.safetensors");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("\tat org.tim4j."));
    assertTrue(Run.tim("inspect", "--verbose", "missing.safetensors").err().contains("\tat "));
  }
}
