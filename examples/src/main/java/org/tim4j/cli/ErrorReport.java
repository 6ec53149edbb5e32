package org.tim4j.cli;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.tim4j.layers.base.TimException;
import org.tim4j.objective.training.DivergenceException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns failures into one line on the error stream and an exit code. */
final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final int MOST_SUGGESTIONS = 3;

  private final BooleanSupplier verbose;

  ErrorReport(BooleanSupplier verbose) {
    this.verbose = verbose;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    return report(command, name, e, e.getMessage() + meant(e) + "; see " + name + " --help");
  }

  /** What a word that is no option and no command comes close to. */
  private static String meant(ParameterException e) {
    List<String> unknown = e.getCommandLine().getUnmatchedArguments();
    if (unknown.isEmpty()) {
      return "";
    }
    List<String> near =
        new UnmatchedArgumentException(e.getCommandLine(), unknown)
            .getSuggestions().stream().limit(MOST_SUGGESTIONS).toList();
    return (e instanceof UnmatchedArgumentException ? "" : "; '" + unknown.get(0) + "' is unknown")
        + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?");
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    String name = command.getCommandSpec().qualifiedName();
    if (e instanceof TimException) {
      report(command, name, e, e.getMessage());
      return e instanceof DivergenceException
          ? CommandLine.ExitCode.SOFTWARE
          : CommandLine.ExitCode.USAGE;
    }
    report(
        command,
        name,
        e,
        "unexpected " + e + (verbose.getAsBoolean() ? "" : "; --verbose tells more"));
    return CommandLine.ExitCode.SOFTWARE;
  }

  private int report(CommandLine command, String name, Exception e, String message) {
    command.getErr().println(name + ": " + message.strip().replaceAll("\\R\\s*", " "));
    if (verbose.getAsBoolean()) {
      e.printStackTrace(command.getErr());
    }
    command.getErr().flush();
    return CommandLine.ExitCode.USAGE;
  }
}
