package org.tim4j.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.tim4j.cli.table.CsvTable;
import org.tim4j.cli.table.OutputKind;
import org.tim4j.cli.table.Synthesis;
import org.tim4j.cli.table.TableFidelity;
import org.tim4j.tribuo.config.TransitionSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a generator on a table and writes synthetic rows. */
@Command(
    name = "synthesize",
    description = {
      "Trains a generator on a CSV file with a header and writes rows that it made up. Columns of",
      "numbers are numbers, all others categories; empty cells are missing values."
    },
    footer = {
      "",
      "Example:",
      "  tim synthesize --csv iris.csv --label y --rows 300 --nfe 4 --seed 1 --out synthetic.csv"
    })
final class SynthesizeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;
  @Mixin private ThreadsOption threads;
  @Mixin private TableOptions table;
  @Mixin private GeneratorOptions generator;

  @Option(names = "--rows", required = true, paramLabel = "N", description = "Rows to generate.")
  private int rows;

  @Option(
      names = "--nfe",
      paramLabel = "K",
      defaultValue = "16",
      description = "Network evaluations per row (default: ${DEFAULT-VALUE}).")
  private int nfe;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of training and rows (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "CSV to write.")
  private Path out;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "Also save the generator, as a protobuf that Tribuo reads.")
  private Path model;

  @Override
  public Integer call() {
    threads.apply();
    CsvTable real = table.open();
    OutputKind kind = table.kind(real);
    TransitionSettings settings = generator.over(TransitionSettings.builder());
    TableFidelity fidelity = new Synthesis(real, kind, rows, nfe, seed, settings).run(out, model);
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "wrote %d rows to %s; similarity to the real rows: columns %.3f, correlations %.3f%n",
            rows,
            out,
            fidelity.columns(),
            fidelity.correlations());
    json.write(fidelity);
    return 0;
  }
}
