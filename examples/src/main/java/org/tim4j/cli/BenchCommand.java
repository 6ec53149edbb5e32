package org.tim4j.cli;

import java.util.concurrent.Callable;
import org.tim4j.cli.bench.Benchmark;
import org.tim4j.cli.bench.BenchmarkReport;
import org.tim4j.layers.Condition;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.objective.image.ImageShape;
import org.tim4j.objective.training.DerivativeSettings;
import org.tim4j.objective.training.TrainingConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times training and sampling. */
@Command(
    name = "bench",
    header = "Times training and sampling on this machine.",
    description =
        "Times a prediction, a training step or a sampling step of a class-conditional "
            + "network, on pictures of noise, and compares with the machine's matrix products.",
    showDefaultValues = true,
    footer = {
      "",
      "Example:",
      "  tim bench --hidden 384 --depth 12 --heads 6 --image 28 --batch 16 --mode train"
    })
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;
  @Mixin private ThreadsOption threads;

  @Option(names = "--hidden", defaultValue = "128", paramLabel = "N", description = "Width.")
  private int hidden;

  @Option(names = "--depth", defaultValue = "4", paramLabel = "N", description = "Blocks.")
  private int depth;

  @Option(names = "--heads", defaultValue = "4", paramLabel = "N", description = "Heads.")
  private int heads;

  @Option(names = "--patch", defaultValue = "2", paramLabel = "N", description = "Side of a patch.")
  private int patch;

  @Option(
      names = "--rank",
      paramLabel = "N",
      description = "Rank of the modulation; 3/4 of the width if absent.")
  private Integer rank;

  @Option(
      names = "--image",
      defaultValue = "8",
      paramLabel = "N",
      description = "Side of the pictures in pixels.")
  private int image;

  @Option(names = "--channels", defaultValue = "1", paramLabel = "N", description = "Channels.")
  private int channels;

  @Option(names = "--classes", defaultValue = "10", paramLabel = "N", description = "Classes.")
  private int classes;

  @Option(names = "--batch", defaultValue = "128", paramLabel = "N", description = "Batch size.")
  private int batch;

  @Option(
      names = "--mode",
      defaultValue = "train",
      description = "What is timed: ${COMPLETION-CANDIDATES}.")
  private Benchmark.Mode mode;

  @Option(
      names = "--derivative",
      defaultValue = "dde",
      description = "Time derivative: ${COMPLETION-CANDIDATES}.")
  private DerivativeSettings.Method derivative;

  @Option(
      names = "--runtime",
      defaultValue = "fused",
      description = "What computes the network: ${COMPLETION-CANDIDATES}.")
  private TimRuntime runtime;

  @Option(
      names = "--iters",
      defaultValue = "5",
      paramLabel = "N",
      description = "Timed repetitions.")
  private int iterations;

  @Override
  public Integer call() {
    threads.apply();
    threads.adaptTo(runtime);
    TimNetworkConfig.Builder network =
        TimNetworkConfig.builder()
            .channels(channels)
            .patch(patch)
            .hidden(hidden)
            .depth(depth)
            .heads(heads)
            .condition(new Condition.Classes(classes, true))
            .runtime(runtime);
    if (rank != null) {
      network.modulationRank(rank);
    }
    TrainingConfig training =
        TrainingConfig.builder()
            .batchSize(batch)
            .derivative(new DerivativeSettings(derivative, null))
            .build();
    Benchmark benchmark =
        new Benchmark(
            mode, network.build(), training, new ImageShape(channels, image, image), iterations);
    BenchmarkReport report = benchmark.run(threads.count());
    spec.commandLine().getOut().print(report.text());
    json.write(report);
    return 0;
  }
}
