package org.tim4j.layers.reference;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.TimInput;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.TimOutput;
import org.tim4j.layers.attention.TokenGrid;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.weights.TensorType;

/**
 * One whole network: outputs, features and inner activations in single precision on both runtimes,
 * outputs in double precision.
 *
 * @param name for example {@code net_A}, of the files {@code net_A.io} and {@code net_A.weights}
 */
public record NetworkSuite(String name) implements ReferenceSuite {
  private static final String VALUES = ".io";
  private static final String WEIGHTS = ".weights";

  /** In units of the authors' own rounding error; theirs and ours add up and may lie elsewhere. */
  private static final double ROUNDING = 8;

  private static final double LARGEST_TOLERANCE = 5e-5;

  /** Returns the networks of a folder, at least one name, so that their absence is noticed. */
  public static List<String> names(ReferenceFolder folder) {
    List<String> names = folder.family("net_", VALUES, WEIGHTS);
    return names.isEmpty() ? List.of("net_*") : names;
  }

  @Override
  public List<String> files() {
    return List.of(name + VALUES, name + WEIGHTS);
  }

  @Override
  public List<CaseResult> run(ReferenceFolder folder) {
    List<CaseResult> results = new ArrayList<>();
    try (ReferenceFile io = folder.open(name + VALUES, TensorType.F32);
        ReferenceFile weights = folder.open(name + WEIGHTS, TensorType.F32)) {
      ReferenceNetwork.requireSame(io, weights);
      Set<String> sizes = sizes(io);
      double tolerance = tolerance(io, sizes);
      for (TimRuntime runtime : TimRuntime.values()) {
        TimNetwork network = ReferenceNetwork.load(weights, DataType.FLOAT, runtime);
        for (String size : sizes) {
          results.add(new Single(io, size, network).compare(tolerance));
        }
      }
      TimNetwork network = ReferenceNetwork.load(weights, DataType.DOUBLE, TimRuntime.SAMEDIFF);
      for (String size : sizes) {
        INDArray prediction =
            network.predict(
                ReferenceNetwork.input(io, size + "/", network.config(), DataType.DOUBLE));
        results.add(
            new Comparison(io.name(), size + " double", Precision.DOUBLE)
                .compare(
                    "out_f64net", io.doubles(size + "/out_f64net", prediction.shape()), prediction)
                .result());
      }
      io.requireAllRead();
    }
    return results;
  }

  private static Set<String> sizes(ReferenceFile io) {
    Set<String> sizes = new LinkedHashSet<>();
    for (String key : io.keys()) {
      if (key.matches("\\d+x\\d+/.*")) {
        sizes.add(key.substring(0, key.indexOf('/')));
      }
    }
    if (sizes.isEmpty()) {
      throw new InvalidInputException(
          io.name() + " has no case; arrays are named HEIGHTxWIDTH/NAME");
    }
    return sizes;
  }

  /**
   * Single precision leaves fewer digits where a network amplifies rounding, and the authors' two
   * predictions tell how much: tolerated are several times their difference, within fixed bounds.
   */
  private static double tolerance(ReferenceFile io, Set<String> sizes) {
    double rounding = 0;
    for (String size : sizes) {
      long[] shape = io.shape(size + "/out", 4);
      rounding =
          Math.max(
              rounding,
              Precision.SINGLE.error(
                  io.doubles(size + "/out_f64net", shape), io.doubles(size + "/out", shape)));
    }
    double tolerance = Math.max(Precision.SINGLE.tolerance(), ROUNDING * rounding);
    return Math.min(LARGEST_TOLERANCE, tolerance);
  }

  /** One size of image in single precision. */
  private record Single(ReferenceFile io, String size, TimNetwork network) {
    CaseResult compare(double tolerance) {
      TimNetworkConfig config = network.config();
      String runtime = config.runtime().name().toLowerCase(Locale.ROOT);
      Comparison result =
          new Comparison(io.name(), size + " " + runtime, Precision.SINGLE, tolerance);
      TimInput input = ReferenceNetwork.input(io, size + "/", config, DataType.FLOAT);
      long[] x = input.x().shape();
      if (!size.equals(x[2] + "x" + x[3])) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT, "%s: images of %s/x are %d by %d", io.name(), size, x[2], x[3]));
      }
      compare(result, "out", "out", network.predict(input));
      TimOutput output = network.forward(input);
      compare(result, "out in training", "out", output.prediction());
      compare(result, "h_proj", "h_proj", output.features());
      if (has("t_embed", "delta_embed", "rope_cos", "rope_sin")) {
        compare(result, "phi", "t_embed", activation("phi", input));
        compare(result, "delta", "delta_embed", activation("delta", input));
        TokenGrid grid = new TokenGrid(x[2] / config.patch(), x[3] / config.patch(), true);
        new RotaryCheck(io, size + "/rope_", grid, config.hidden() / config.heads())
            .compare(result);
      }
      if (hasBlocks()) {
        compareTokens(result, "patch", "patch_tokens", input);
        for (int block = 0; block < config.depth(); block++) {
          compareTokens(result, "block" + block, "block" + block, input);
        }
      }
      return result.result();
    }

    private boolean has(String... keys) {
      for (String key : keys) {
        if (io.has(size + "/" + key)) {
          return true;
        }
      }
      return false;
    }

    private boolean hasBlocks() {
      return has("patch_tokens") || io.hasAny(size + "/block");
    }

    private INDArray activation(String vertex, TimInput input) {
      INDArray[] inputs = {input.x(), input.t(), input.r(), input.condition()};
      return network.graph().output(List.of(vertex), false, inputs, null)[0];
    }

    /** Tokens are stored without their grid. */
    private void compareTokens(Comparison result, String vertex, String key, TimInput input) {
      INDArray tokens = activation(vertex, input);
      compare(
          result,
          vertex,
          key,
          tokens.reshape('c', tokens.size(0), tokens.size(1) * tokens.size(2), tokens.size(3)));
    }

    private void compare(Comparison result, String label, String key, INDArray actual) {
      result.compare(label, io.doubles(size + "/" + key, actual.shape()), actual);
    }
  }
}
