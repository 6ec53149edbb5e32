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
      assertTrue(
          help.out().contains("--json") || command.equals("completion") || command.equals("serve"),
          command);
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
  void everySummaryIsWhole() {
    String help = Run.tim("--help").out();
    CommandLine root = Tim.create(new PrintWriter(new StringWriter()), new PrintWriter(System.err));
    root.getSubcommands()
        .forEach(
            (name, command) -> {
              String[] header = command.getCommandSpec().usageMessage().header();
              assertEquals(1, header.length, name);
              assertTrue(help.contains(header[0]), name + ": " + help);
            });
    assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
  }

  @Test
  void aWordThatIsNearlyRightIsRecognised() {
    assertTrue(Run.tim("trian").refusal().contains("did you mean train"), "command");
    String option = Run.tim("sample", "--clases", "1").refusal();
    assertTrue(option.contains("did you mean") && option.contains("--classes"), option);
    String setting =
        Run.tim("train", "--data", "digits", "--out", "x", "--set", "hiden=64").refusal();
    assertTrue(setting.contains("did you mean network.hidden?"), setting);
  }

  @Test
  void completionsKnowEveryCommand() {
    Run run = Run.tim("completion");
    assertEquals(0, run.code());
    for (String word : new String[] {"train", "sample", "--checkpoint-every", "--skip-broken"}) {
      assertTrue(run.out().contains(word), word);
    }
  }

  @Test
  void verboseAddsTheStackTrace() {
    Run run = Run.tim("--verbose", "inspect", "missing.safetensors");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("\tat org.tim4j."));
    assertTrue(Run.tim("inspect", "--verbose", "missing.safetensors").err().contains("\tat "));
  }
}
