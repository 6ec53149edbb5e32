package org.tim4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.tim4j.cli.data.ImageSource;
import org.tim4j.cli.data.TrainTest;
import org.tim4j.cli.evaluate.Evaluation;
import org.tim4j.cli.evaluate.EvaluationReport;
import org.tim4j.cli.evaluate.NfePlot;
import org.tim4j.cli.image.Drawings;
import org.tim4j.cli.report.RowsJudgement;
import org.tim4j.cli.table.Repetition;
import org.tim4j.cli.table.TableReport;
import org.tim4j.cli.table.TableStudy;
import org.tim4j.cli.text.Terminal;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.model.ImageModel;
import org.tim4j.tribuo.config.TransitionSettings;
import org.tim4j.tribuo.table.LabelledTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares samples with real images, or generated rows with a table. */
@Command(
    name = "evaluate",
    header = "Judges samples of a model, or generated rows.",
    description =
        "Compares samples with the real pictures that a model was trained on: Fréchet "
            + "distance in pixel space, agreement of classes by 3 nearest neighbours, precision "
            + "and recall. With --csv, trains generators on parts of a table and judges their "
            + "rows: errors of columns and pairs of columns, detection, α-precision and "
            + "β-recall, learners that saw only those, closest records; for numeric labels also "
            + "R², CRPS and coverage of a probabilistic regression. Real rows and shuffled "
            + "columns stand beside them. With --synthetic, judges the rows of a file.",
    footer = {
      "",
      "Examples:",
      "  tim evaluate --csv iris.csv --label y --splits 3 --generations 3 --nfe 1,4,16,64",
      "  tim evaluate --csv real.csv --label y --synthetic fake.csv --report report.html",
      "  tim evaluate --model out/digits --nfe 1,2,4,8,32,128 --plot nfe.png"
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final List<Integer> TABLE_NFE = List.of(1, 4, 16, 64);

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;
  @Mixin private ThreadsOption threads;
  @Mixin private EvaluationOptions options;
  @Mixin private ReadingOptions reading;

  @Mixin private TableOptions table;
  @Mixin private GeneratorOptions generator;

  @Option(
      names = "--splits",
      paramLabel = "N",
      defaultValue = "3",
      description = "Random 80/20 divisions of a table (default: ${DEFAULT-VALUE}).")
  private int splits;

  @Option(
      names = "--generations",
      paramLabel = "N",
      defaultValue = "3",
      description = "Generators trained on each division (default: ${DEFAULT-VALUE}).")
  private int generations;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      converter = ModelName.class,
      description = "The --out folder of tim train, or the name of a model that comes with tim.")
  private Path model;

  @Option(
      names = "--data",
      paramLabel = "NAME",
      description = "Real pictures to compare with; those of the training by default.")
  private String dataName;

  @Option(
      names = "--guidance",
      paramLabel = "G",
      defaultValue = "1",
      description = "Scale of classifier-free guidance (default: ${DEFAULT-VALUE}, none).")
  private double guidance;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of the noise (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--synthetic",
      paramLabel = "FILE",
      description = "Judge these rows, of any generator, instead of training one; with --csv.")
  private Path synthetic;

  @Option(
      names = "--held-out",
      paramLabel = "FILE",
      description =
          "Real rows that the generator did not see, for --synthetic; without it a fifth of --csv,"
              + " which it may have seen.")
  private Path heldOut;

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = "Also write a page that compares the rows of --synthetic with the real ones.")
  private Path report;

  @Option(
      names = "--plot",
      paramLabel = "FILE.png",
      converter = WritableFile.class,
      description = "Also plot the distance.")
  private Path plot;

  @Override
  public Integer call() {
    if (table.isGiven() == (model != null)) {
      throw new InvalidInputException("give either --model DIR or --csv FILE");
    }
    if ((heldOut != null || report != null) && synthetic == null
        || synthetic != null && !table.isGiven()) {
      throw new InvalidInputException(
          "--held-out and --report go with --synthetic FILE, and that with --csv FILE");
    }
    threads.apply();
    return table.isGiven() ? evaluateTable() : evaluateImages();
  }

  private int evaluateTable() {
    PrintWriter err = spec.commandLine().getErr();
    LabelledTable real = table.labelled(table.file(err::println));
    TableReport report =
        synthetic == null
            ? study(real, err)
            : new RowsJudgement(real, synthetic, heldOut, this.report, seed).run();
    spec.commandLine().getOut().print(report.text(Terminal.width(spec)));
    json.write(report);
    return 0;
  }

  private TableReport study(LabelledTable real, PrintWriter err) {
    Repetition repetition = new Repetition(splits, generations, options.nfeOr(TABLE_NFE));
    return new TableStudy(
            real,
            repetition,
            generator.over(TransitionSettings.builder()),
            generator.over(TransitionSettings.regressionBuilder()))
        .run(err::println, json::write);
  }

  private int evaluateImages() {
    Evaluation evaluation = options.evaluation(guidance, seed);
    ImageModel trained = ImageModel.open(model);
    String named = reading.of(dataName);
    String source = named == null ? trained.images().data() : named;
    TrainTest real = ImageSource.parse(source).load(spec.commandLine().getErr()::println);
    trained.images().requireComparable(real.train());
    PrintWriter err = spec.commandLine().getErr();
    EvaluationReport report =
        evaluation.run(trained, real, nfe -> err.printf(Locale.ROOT, "evaluating NFE %d%n", nfe));
    spec.commandLine().getOut().print(report.table(Terminal.width(spec)));
    Products products = new Products();
    products.make("the figures", () -> json.write(report));
    if (plot != null) {
      WritableFile.makeFolder(plot);
      Drawings drawings = new Drawings(err::println);
      products.make("the plot", () -> drawings.plot(plot, () -> NfePlot.draw(report)));
    }
    products.requireAll();
    return 0;
  }
}
