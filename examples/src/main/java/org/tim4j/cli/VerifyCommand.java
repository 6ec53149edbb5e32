package org.tim4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.tim4j.layers.reference.CaseResult;
import org.tim4j.layers.reference.ReferenceFolder;
import org.tim4j.objective.reference.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares the product with reference values. */
@Command(
    name = "verify",
    header = "Compares this build with reference values.",
    description =
        "Compares every class of the method with reference values of the authors' code. "
            + "Exit code 1 if a case fails or a known file is missing or damaged, 2 if a file "
            + "does not fit: a name, shape, type or setting is not one of the format.",
    footer = {"", "Example:", "  tim verify --golden dl4j-tim-layers/src/test/golden"})
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Option(
      names = "--golden",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the reference files.")
  private Path folder;

  @Override
  public Integer call() {
    Verification verification = Verification.of(new ReferenceFolder(folder));
    PrintWriter out = spec.commandLine().getOut();
    String row = "%-27s %-24s %9s %10s  %-4s  %s%n";
    out.printf(Locale.ROOT, row, "file", "case", "max error", "tolerance", "", "largest at");
    for (CaseResult result : verification.cases()) {
      out.printf(
          Locale.ROOT,
          row,
          result.file(),
          result.name(),
          String.format(Locale.ROOT, "%.1e", result.maxError()),
          String.format(Locale.ROOT, "%.1e", result.tolerance()),
          result.passed() ? "ok" : "FAIL",
          result.note());
    }
    verification
        .notCovered()
        .forEach(file -> out.printf(Locale.ROOT, row, file, "-", "", "", "", "not covered"));
    long failed = verification.cases().stream().filter(result -> !result.passed()).count();
    out.printf(
        Locale.ROOT,
        "%d cases, %d failed, %d files not covered%n",
        verification.cases().size(),
        failed,
        verification.notCovered().size());
    json.write(verification);
    return verification.passed() ? 0 : 1;
  }
}
