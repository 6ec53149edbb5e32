package org.tim4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tim4j.cli.data.ImageSource;
import org.tim4j.cli.data.TrainTest;
import org.tim4j.cli.evaluate.Evaluation;
import org.tim4j.cli.evaluate.EvaluationReport;
import org.tim4j.cli.evaluate.NfePlot;
import org.tim4j.cli.image.PngFile;
import org.tim4j.cli.run.TrainedModel;
import org.tim4j.cli.table.ClassificationStudy;
import org.tim4j.cli.table.CsvTable;
import org.tim4j.cli.table.OutputKind;
import org.tim4j.cli.table.RegressionStudy;
import org.tim4j.cli.table.Repetition;
import org.tim4j.cli.table.TableReport;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.tribuo.config.TransitionSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares samples with real images, or generated rows with a table. */
@Command(
    name = "evaluate",
    description = {
      "Compares samples with the real pictures that a model was trained on: Fréchet distance in",
      "pixel space, agreement of classes by 3 nearest neighbours, precision and recall.",
      "With --csv, trains generators on parts of a table and judges their rows: macro-F1 of",
      "classifiers that saw only those, distance to the closest record, similarity, detection; for",
      "numeric labels R², CRPS and coverage of a probabilistic regression."
    },
    footer = {
      "",
      "Examples:",
      "  tim evaluate --csv iris.csv --label y --splits 3 --generations 3 --nfe 1,4,16,64",
      "  tim evaluate --model out/digits --nfe 1,2,4,8,32,128 --plot nfe.png"
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final List<Integer> TABLE_NFE = List.of(1, 4, 16, 64);

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;
  @Mixin private ThreadsOption threads;
  @Mixin private EvaluationOptions options;

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

  @Option(names = "--model", paramLabel = "DIR", description = "The --out folder of tim train.")
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

  @Option(names = "--plot", paramLabel = "FILE.png", description = "Also plot the distance.")
  private Path plot;

  @Override
  public Integer call() {
    if (table.isGiven() == (model != null)) {
      throw new InvalidInputException("give either --model DIR or --csv FILE");
    }
    threads.apply();
    return table.isGiven() ? evaluateTable() : evaluateImages();
  }

  private int evaluateTable() {
    CsvTable real = table.open();
    Repetition repetition = new Repetition(splits, generations, options.nfeOr(TABLE_NFE));
    PrintWriter err = spec.commandLine().getErr();
    TableReport report =
        table.kind(real) == OutputKind.CLASSES
            ? new ClassificationStudy(
                    real, repetition, generator.over(TransitionSettings.builder()))
                .run(err::println)
            : new RegressionStudy(
                    real, repetition, generator.over(TransitionSettings.regressionBuilder()))
                .run(err::println);
    spec.commandLine().getOut().print(report.text());
    json.write(report);
    return 0;
  }

  private int evaluateImages() {
    Evaluation evaluation = options.evaluation(guidance, seed);
    TrainedModel trained = TrainedModel.open(model);
    String source = dataName == null ? trained.run().data() : dataName;
    TrainTest real = ImageSource.parse(source).load();
    trained.run().requireComparable(real);
    PrintWriter err = spec.commandLine().getErr();
    EvaluationReport report =
        evaluation.run(trained, real, nfe -> err.printf(Locale.ROOT, "evaluating NFE %d%n", nfe));
    spec.commandLine().getOut().print(report.table());
    if (plot != null) {
      PngFile.write(plot, NfePlot.draw(report), Map.of());
    }
    json.write(report);
    return 0;
  }
}
