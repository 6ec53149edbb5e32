package org.tim4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tim4j.layers.weights.TensorInfo;
import org.tim4j.layers.weights.TensorSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists what a safetensors file holds. */
@Command(
    name = "inspect",
    header = "Lists what a safetensors file holds.",
    description = "Lists the tensors of a safetensors file; refuses a damaged one.",
    footer = {"", "Example:", "  tim inspect model.tim/weights.safetensors"})
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Parameters(
      paramLabel = "FILE",
      description = "A .safetensors file, or the .safetensors.index.json of several.")
  private Path file;

  /** A tensor as it is written to JSON. */
  private record Tensor(String name, String type, long[] shape) {}

  /** The figures of this command. */
  private record Listing(
      Map<String, String> metadata, long elements, long bytes, List<Tensor> tensors) {}

  @Override
  public Integer call() {
    Listing listing = read();
    PrintWriter out = spec.commandLine().getOut();
    listing
        .metadata()
        .forEach(
            (key, value) ->
                out.printf(Locale.ROOT, "# %s: %s%n", printable(key), printable(value)));
    for (Tensor tensor : listing.tensors()) {
      out.printf(
          Locale.ROOT,
          "%-4s %-20s %s%n",
          tensor.type(),
          Arrays.toString(tensor.shape()),
          printable(tensor.name()));
    }
    out.printf(
        Locale.ROOT,
        "%d tensors, %,d elements, %,d bytes%n",
        listing.tensors().size(),
        listing.elements(),
        listing.bytes());
    json.write(listing);
    return 0;
  }

  private Listing read() {
    try (TensorSource safetensors = TensorSource.open(file)) {
      List<TensorInfo> tensors = safetensors.tensors();
      return new Listing(
          safetensors.metadata(),
          tensors.stream().mapToLong(TensorInfo::elements).sum(),
          tensors.stream().mapToLong(TensorInfo::byteLength).sum(),
          tensors.stream()
              .map(info -> new Tensor(info.name(), info.type().name(), info.shape()))
              .toList());
    }
  }

  /** A file may put anything into its texts, terminal controls included. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
