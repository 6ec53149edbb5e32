package org.tim4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.tim4j.cli.data.ImageSource;
import org.tim4j.cli.data.TrainTest;
import org.tim4j.cli.evaluate.Evaluation;
import org.tim4j.cli.evaluate.EvaluationReport;
import org.tim4j.cli.evaluate.NfePlot;
import org.tim4j.cli.image.Drawings;
import org.tim4j.cli.image.LossPlot;
import org.tim4j.cli.run.LossLog;
import org.tim4j.cli.run.RunFolder;
import org.tim4j.cli.run.SampleGrid;
import org.tim4j.cli.run.TrainingRun;
import org.tim4j.cli.text.Terminal;
import org.tim4j.objective.image.ImageDescription;
import org.tim4j.objective.model.ImageModel;
import org.tim4j.objective.training.RunSettings;
import org.tim4j.objective.training.TrainingEngine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a model on images, then samples and evaluates it. */
@Command(
    name = "train",
    header = "Trains a model on images, samples and evaluates it.",
    description =
        "Trains a class-conditional model on pictures, then samples a table and evaluates "
            + "it. Writes model.tim, loss.csv, loss.png, grid.png, metrics.json and nfe.png "
            + "into --out.",
    footer = {
      "",
      "Examples:",
      "  tim train --data digits --out out/digits",
      "  tim train --data digits --out out/digits --steps 4000 --resume",
      "  tim train --data digits --out out/best --config out/sweep/best.json --steps 2000",
      "  tim train --data digits --out out/spark --spark local[2] --averaging 10",
      "  tim train --data idx:/data/fashion-mnist --out out/fashion --set hidden=256 --set heads=8"
    })
final class TrainCommand implements Callable<Integer> {
  private static final List<Integer> GRID_NFE = List.of(1, 2, 4, 8, 32);

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;
  @Mixin private ThreadsOption threads;
  @Mixin private SparkOptions spark;
  @Mixin private EvaluationOptions evaluation;
  @Mixin private ReadingOptions reading;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "NAME",
      description =
          "digits, idx:DIR (MNIST's four files) or folder:DIR (PNG and JPEG files, sub-folder ="
              + " class).")
  private String dataName;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write to.")
  private Path out;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings to start from instead of the defaults, such as best.json of tim sweep;"
              + " the other options change them.")
  private Path config;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps in all (default: 2000, or those of --config).")
  private Integer steps;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of every draw (default: 1, or that of --config).")
  private Long seed;

  @Option(names = "--resume", description = "Go on from the checkpoint in --out, if there is one.")
  private boolean resume;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      defaultValue = "500",
      description = "Steps between checkpoints (default: ${DEFAULT-VALUE}).")
  private int checkpointInterval;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change a setting of network or training, for example learningRate=5e-4.")
  private List<String> overrides = new ArrayList<>();

  /** What {@code metrics.json} holds; no evaluation if that failed. */
  private record Metrics(
      String data,
      long seed,
      long steps,
      long parameters,
      double trainingSeconds,
      Map<String, Double> sparkSeconds,
      EvaluationReport evaluation) {}

  @Override
  public Integer call() {
    threads.apply();
    String source = reading.of(dataName);
    TrainTest data = ImageSource.parse(source).load(spec.commandLine().getErr()::println);
    ImageDescription description = ImageDescription.of(source, data.train());
    RunSettings settings = settings(description);
    threads.adaptTo(settings.network().runtime());
    Evaluation planned = evaluation.evaluation(1, settings.training().seed());
    RunFolder folder = new RunFolder(out);
    TrainingEngine engine = spark.engine(threads.given());
    TrainingRun run = new TrainingRun(folder, description, settings, checkpointInterval, engine);
    LossLog log = resume && folder.hasModel() ? run.resume(data.train()) : run.start(data.train());
    report(folder, log, engine, planned, data);
    return 0;
  }

  private RunSettings settings(ImageDescription description) {
    RunSettings start =
        config == null
            ? RunSettings.forImages(description.shape(), description.classNames().size())
            : RunSettings.read(config);
    List<String> changes = new ArrayList<>(overrides);
    if (steps != null) {
      changes.add("training.steps=" + steps);
    }
    if (seed != null) {
      changes.add("training.seed=" + seed);
    }
    return start.with(changes);
  }

  private void report(
      RunFolder folder, LossLog log, TrainingEngine engine, Evaluation planned, TrainTest data) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Drawings drawings = new Drawings(err::println);
    Products products = new Products();
    ImageModel model = ImageModel.open(folder.folder());
    if (!log.residuals().isEmpty()) {
      products.make(
          "loss.png",
          () -> drawings.plot(folder.lossPlot(), () -> LossPlot.draw(log.residuals(), 0)));
    }
    List<Integer> classes = IntStream.range(0, model.images().classNames().size()).boxed().toList();
    SampleGrid grid = new SampleGrid(GRID_NFE, classes, 1, 1, planned.seed());
    products.make("grid.png", () -> grid.write(model, folder.grid(), drawings));
    Optional<EvaluationReport> report =
        products.compute(
            "the evaluation",
            () ->
                planned.run(
                    model, data, nfe -> err.printf(Locale.ROOT, "evaluating NFE %d%n", nfe)));
    Metrics metrics =
        new Metrics(
            model.images().data(),
            planned.seed(),
            model.steps(),
            model.parameters(),
            log.seconds(),
            engine.seconds(),
            report.orElse(null));
    products.make("metrics.json", () -> RunFolder.write(folder.metrics(), metrics));
    products.make("the figures", () -> json.write(metrics));
    report.ifPresent(
        figures -> {
          out.print(figures.table(Terminal.width(spec)));
          products.make(
              "nfe.png", () -> drawings.plot(folder.nfePlot(), () -> NfePlot.draw(figures)));
        });
    out.printf(
        Locale.ROOT,
        "%,d parameters, %,d steps in %.0f s; wrote %s%n",
        metrics.parameters(),
        metrics.steps(),
        metrics.trainingSeconds(),
        folder.folder());
    products.requireAll();
  }
}
