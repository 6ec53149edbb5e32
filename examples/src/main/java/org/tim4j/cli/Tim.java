package org.tim4j.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tim4j.layers.backend.BackendCheck;
import org.tim4j.layers.backend.BackendException;
import org.tim4j.layers.base.TimException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Root of the command line; does nothing but carry its sub-commands. */
@Command(
    name = "tim",
    description = "Trains and samples Transition Models (arXiv 2509.04394) on the JVM.",
    mixinStandardHelpOptions = true,
    versionProvider = Tim.Version.class,
    scope = ScopeType.INHERIT,
    subcommands = {
      TrainCommand.class,
      SampleCommand.class,
      EvaluateCommand.class,
      VerifyCommand.class,
      InspectCommand.class,
      BenchCommand.class,
      SynthesizeCommand.class,
      SweepCommand.class,
      ServeCommand.class,
      CompletionCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 success, 1 a check failed, 2 bad input.",
    })
public final class Tim {
  /** Tribuo's learners log every model that they build; held so that the level is not lost. */
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Log more, and print stack traces of errors.")
  private boolean verbose;

  /** Runs one command and ends the virtual machine with its exit code. */
  public static void main(String[] args) {
    PrintStream results = System.out;
    // Libraries draw progress bars, plots and messages in the locale's digits and language.
    Locale.setDefault(Locale.ROOT);
    CommandLine commandLine =
        create(
            new PrintWriter(results, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    // SameDiff prints progress notes of its own to standard output, which is kept for results.
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    int code = commandLine.execute(args);
    commandLine.getOut().flush();
    System.exit(code);
  }

  /** Returns the command line with results and errors going to the given writers. */
  static CommandLine create(PrintWriter out, PrintWriter err) {
    Tim tim = new Tim();
    ErrorReport errors = new ErrorReport(tim::isVerbose);
    return new CommandLine(tim)
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors)
        .setExecutionStrategy(tim::execute);
  }

  private boolean isVerbose() {
    return verbose;
  }

  private int execute(CommandLine.ParseResult parsed) {
    TRIBUO.setLevel(verbose ? Level.INFO : Level.WARNING);
    if (verbose) {
      // Read once, when the first logger is made, which is after the arguments have been parsed.
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
    }
    if (!parsed.hasSubcommand()
        && !parsed.isUsageHelpRequested()
        && !parsed.isVersionHelpRequested()) {
      throw new CommandLine.ParameterException(
          parsed.commandSpec().commandLine(), "no command was given");
    }
    try {
      if (parsed.hasSubcommand() && !parsed.subcommand().isUsageHelpRequested()) {
        requireBackend(parsed);
      }
      return new CommandLine.RunLast().execute(parsed);
    } catch (OutOfMemoryError e) {
      TimException explained =
          new TimException(
              "not enough memory ("
                  + e.getMessage()
                  + "); take a smaller batch, or raise the limits through JAVA_OPTS",
              e);
      throw new CommandLine.ExecutionException(
          parsed.commandSpec().commandLine(), explained.getMessage(), explained);
    }
  }

  private static void requireBackend(CommandLine.ParseResult parsed) {
    try {
      BackendCheck.requireUsable();
    } catch (BackendException e) {
      throw new CommandLine.ExecutionException(
          parsed.subcommand().commandSpec().commandLine(), e.getMessage(), e);
    }
  }

  /** Takes the version from the manifest of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Tim.class.getPackage().getImplementationVersion();
      return new String[] {"tim " + (version == null ? "(not packaged)" : version)};
    }
  }
}
