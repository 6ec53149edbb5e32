package org.tim4j.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tim4j.examples.data.ImageSource;
import org.tim4j.examples.data.TrainTest;
import org.tim4j.examples.evaluate.Evaluation;
import org.tim4j.examples.evaluate.EvaluationReport;
import org.tim4j.examples.evaluate.NfePlot;
import org.tim4j.examples.picture.PngFile;
import org.tim4j.examples.run.TrainedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares samples with real pictures. */
@Command(
    name = "evaluate",
    description = {
      "Compares samples with the real pictures that a model was trained on: Fréchet distance in",
      "pixel space, agreement of classes by 3 nearest neighbours, precision and recall."
    },
    footer = {
      "",
      "Example:",
      "  tim evaluate --model out/digits --nfe 1,2,4,8,32,128 --plot nfe.png"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;
  @Mixin private ThreadsOption threads;
  @Mixin private EvaluationOptions options;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "The --out folder of tim train.")
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
    threads.apply();
    Evaluation evaluation = options.evaluation(guidance, seed);
    TrainedModel trained = TrainedModel.open(model);
    String source = dataName == null ? trained.run().data() : dataName;
    TrainTest real = ImageSource.parse(source).load();
    trained.run().requireComparable(real);
    PrintWriter err = spec.commandLine().getErr();
    EvaluationReport report =
        evaluation.run(trained, real, nfe -> err.printf("evaluating NFE %d%n", nfe));
    spec.commandLine().getOut().print(report.table());
    if (plot != null) {
      PngFile.write(plot, NfePlot.draw(report), Map.of());
    }
    json.write(report);
    return 0;
  }
}
