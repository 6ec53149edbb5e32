package org.tim4j.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.tim4j.cli.image.Drawings;
import org.tim4j.cli.run.SampleGrid;
import org.tim4j.objective.model.ImageModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Samples a table of images. */
@Command(
    name = "sample",
    header = "Draws samples of a model into a PNG.",
    description =
        "Samples pictures: one row for each number of steps (NFE), one column for each "
            + "class. The parameters are kept in the PNG's texts.",
    footer = {
      "",
      "Examples:",
      "  tim sample --model out/digits --nfe 1,2,4,8 --out digits.png",
      "  tim sample --model out/digits --nfe 8 --classes 3,5-7 --count 4 --guidance 1.5 --out some.png"
    })
final class SampleCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;
  @Mixin private ThreadsOption threads;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      converter = ModelName.class,
      description = "The --out folder of tim train, or the name of a model that comes with tim.")
  private Path model;

  @Option(
      names = "--nfe",
      split = ",",
      required = true,
      paramLabel = "N",
      description = "Numbers of sampling steps, one row each.")
  private List<Integer> nfe;

  @Option(
      names = "--classes",
      paramLabel = "LIST",
      description =
          "Classes by number or name, and ranges: 0-9 or 1,3,5-7 or circle,square; all by default.")
  private String classes;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1",
      description = "Samples of each class (default: ${DEFAULT-VALUE}).")
  private int count;

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
      names = "--out",
      required = true,
      paramLabel = "FILE.png",
      converter = WritableFile.class,
      description = "Picture to write.")
  private Path out;

  @Override
  public Integer call() {
    threads.apply();
    ImageModel trained = ImageModel.open(model);
    SampleGrid grid =
        new SampleGrid(nfe, classList(trained.images().classNames()), count, guidance, seed);
    WritableFile.makeFolder(out);
    grid.write(trained, out, new Drawings(spec.commandLine().getErr()::println));
    spec.commandLine().getOut().printf(Locale.ROOT, "wrote %s%n", out);
    json.write(grid);
    return 0;
  }

  private List<Integer> classList(List<String> names) {
    return classes == null
        ? IntStream.range(0, names.size()).boxed().toList()
        : ClassList.parse(classes, names);
  }
}
