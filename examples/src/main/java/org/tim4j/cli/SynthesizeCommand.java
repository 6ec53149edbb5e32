package org.tim4j.cli;

import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.tim4j.cli.report.TableComparison;
import org.tim4j.cli.report.TablePage;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.tribuo.config.TransitionSettings;
import org.tim4j.tribuo.table.ColumnType;
import org.tim4j.tribuo.table.LabelledTable;
import org.tim4j.tribuo.table.OutputFile;
import org.tim4j.tribuo.table.SyntheticTable;
import org.tim4j.tribuo.table.TableFile;
import org.tim4j.tribuo.table.TableModel;
import org.tim4j.tribuo.table.TableRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a generator on a table and writes synthetic rows. */
@Command(
    name = "synthesize",
    header = "Makes up rows like those of a CSV file.",
    description =
        "Trains a generator on a CSV file with a header and writes rows that it made up, "
            + "or writes rows of a generator that was saved. What the columns hold is found "
            + "out, and written beside the rows as FILE.columns.json, to be corrected and given "
            + "with --metadata. There is no differential privacy.",
    footer = {
      "",
      "Examples:",
      "  tim synthesize --csv iris.csv --label y --rows 300 --nfe 4 --seed 1 --out synthetic.csv",
      "  tim synthesize --model m.tribuo --rows 1000 --where income='>50K' --out rich.csv"
    })
final class SynthesizeCommand implements Callable<Integer> {
  /** What a provenance holds besides settings. */
  private static final Set<String> UNTOLD =
      Set.of("class-name", "host-short-name", "is-sequence", "train-invocation-count");

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
      description =
          "With --csv, also save the generator, as a protobuf that Tribuo reads; without, take it"
              + " from there.")
  private Path model;

  @Option(
      names = "--where",
      paramLabel = "COLUMN=VALUE",
      description =
          "Only rows with that value: of a label by condition, of other columns by throwing away"
              + " those without it; may be repeated.")
  private Map<String, String> where = new LinkedHashMap<>();

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = "Also write a page that compares the rows with the real ones.")
  private Path report;

  @Override
  public Integer call() {
    TableRequest request = new TableRequest(rows, nfe, seed, where);
    if (!table.isGiven() && model == null) {
      throw new InvalidInputException("give real rows with --csv FILE, or a saved --model FILE");
    }
    if (!table.isGiven() && (report != null || json.isGiven())) {
      throw new InvalidInputException(
          "--report and --json compare with real rows; use tim evaluate --csv FILE --synthetic "
              + out);
    }
    requireDifferentFiles();
    threads.apply();
    Stream.of(out, table.isGiven() ? model : null, report)
        .filter(file -> file != null)
        .forEach(OutputFile::requireWritable);
    return table.isGiven() ? train(request) : generate(request);
  }

  /** What is read must not be written over, nor one output by another. */
  private void requireDifferentFiles() {
    Map<Path, String> uses = new LinkedHashMap<>();
    Map<String, Path> files = new LinkedHashMap<>();
    files.put("--csv", table.csv());
    files.put("--metadata", table.metadata());
    files.put("--out", out);
    files.put("--model", model);
    files.put("--report", report);
    files.put("--json", json.file());
    files.forEach(
        (option, file) -> {
          String other = file == null ? null : uses.put(file.toAbsolutePath().normalize(), option);
          if (other != null) {
            throw new InvalidInputException(
                other + " and " + option + " are both " + file + "; give each a file of its own");
          }
        });
  }

  private int generate(TableRequest request) {
    try (TableModel<?> saved = TableModel.read(model)) {
      SyntheticTable made = saved.generate(request);
      made.write(out);
      print(String.format(Locale.ROOT, "wrote %d rows to %s%s", rows, out, rejected(made)));
    }
    return 0;
  }

  private int train(TableRequest request) {
    TransitionSettings settings = generator.over(TransitionSettings.builder());
    TableFile file = table.file(spec.commandLine().getErr()::println);
    LabelledTable real = table.labelled(file);
    try (TableModel<?> trained = TableModel.train(real, settings, seed)) {
      SyntheticTable made = trained.generate(request, identifiers(real.file()));
      made.write(out);
      if (model != null) {
        trained.write(model);
      }
      writeMetadata(real.file());
      TableComparison comparison = TableComparison.of(real.table(), made.table(), seed);
      print(
          String.format(
              Locale.ROOT,
              "wrote %d rows to %s%s; %s",
              rows,
              out,
              rejected(made),
              comparison.summary()));
      json.write(comparison.figures());
      if (report != null) {
        OutputFile.write(
            report,
            page ->
                Files.writeString(
                    page,
                    TablePage.of(
                        comparison,
                        real.file().schema(),
                        real.file().toString(),
                        settings(request, trained))));
      }
    }
    return 0;
  }

  private static Map<String, String> settings(TableRequest request, TableModel<?> trained) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("rows", Integer.toString(request.rows()));
    all.put("network evaluations per row", Integer.toString(request.evaluations()));
    all.put("seed", Long.toString(request.seed()));
    if (!request.where().isEmpty()) {
      all.put("where", request.where().toString());
    }
    if (!trained.labels().isEmpty()) {
      all.put("label", String.join(", ", trained.labels()));
    }
    addSettings(trained.model().getProvenance().getTrainerProvenance(), all);
    return all;
  }

  private static void addSettings(ObjectProvenance provenance, Map<String, String> all) {
    for (Pair<String, Provenance> setting : provenance) {
      if (setting.getB() instanceof ObjectProvenance more) {
        addSettings(more, all);
      } else if (!UNTOLD.contains(setting.getA())) {
        all.put(setting.getA(), setting.getB().toString());
      }
    }
  }

  private void writeMetadata(TableFile file) {
    if (table.metadata() != null) {
      return;
    }
    Path beside = out.resolveSibling(out.getFileName() + ".columns.json");
    if (Files.exists(beside)) {
      spec.commandLine()
          .getErr()
          .println("kept " + beside + " as it is; give it with --metadata, or delete it");
      return;
    }
    OutputFile.write(beside, path -> Files.writeString(path, file.schema().toJson()));
  }

  private static Map<String, Set<String>> identifiers(TableFile file) {
    Map<String, Set<String>> taken = new LinkedHashMap<>();
    file.schema().columns().stream()
        .filter(column -> column.type() == ColumnType.IDENTIFIER)
        .forEach(column -> taken.put(column.name(), file.texts(column.name())));
    return taken;
  }

  private static String rejected(SyntheticTable made) {
    return made.rejected() == 0
        ? ""
        : String.format(
            Locale.ROOT,
            " (%.1f %% of those generated broke a constraint or condition)",
            100 * made.rejected());
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
  }
}
