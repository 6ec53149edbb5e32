package org.tim4j.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what bash and zsh need to complete commands and options. */
@Command(
    name = "completion",
    header = "Prints completions for bash and zsh.",
    description = "Prints a script that completes commands and options in bash and zsh.",
    footer = {"", "Example:", "  tim completion > tim-completion.sh; source tim-completion.sh"})
final class CompletionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().print(AutoComplete.bash("tim", spec.root().commandLine()));
  }
}
