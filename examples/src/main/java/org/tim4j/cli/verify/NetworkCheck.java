package org.tim4j.cli.verify;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.TimInput;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimOutput;
import org.tim4j.layers.base.TimRuntime;

/**
 * One whole network: outputs, features and inner activations in single precision on both runtimes,
 * outputs in double precision.
 *
 * @param name for example {@code net_A}
 * @param tolerance largest error in single precision
 */
record NetworkCheck(String name, double tolerance) implements GoldenCheck {
  NetworkCheck(String name) {
    this(name, Precision.SINGLE.tolerance());
  }

  @Override
  public List<String> files() {
    return List.of(name + ".io", name + ".weights");
  }

  @Override
  public List<CaseResult> run(GoldenFolder golden) {
    List<CaseResult> results = new ArrayList<>();
    try (GoldenFile io = golden.open(name + ".io");
        GoldenFile weights = golden.open(name + ".weights")) {
      for (TimRuntime runtime : TimRuntime.values()) {
        TimNetwork network = GoldenNetwork.load(weights, DataType.FLOAT, runtime);
        for (String size : sizes(io)) {
          results.add(single(io, size, network));
        }
      }
      TimNetwork network = GoldenNetwork.load(weights, DataType.DOUBLE, TimRuntime.SAMEDIFF);
      for (String size : sizes(io)) {
        INDArray prediction = network.predict(GoldenNetwork.input(io, size + "/", DataType.DOUBLE));
        results.add(
            new Case(io.name(), size + " double", Precision.DOUBLE)
                .compare("out_f64net", io.doubles(size + "/out_f64net"), prediction)
                .result());
      }
    }
    return results;
  }

  private static Set<String> sizes(GoldenFile io) {
    Set<String> sizes = new LinkedHashSet<>();
    io.keys().forEach(key -> sizes.add(key.substring(0, key.indexOf('/'))));
    return sizes;
  }

  private CaseResult single(GoldenFile io, String size, TimNetwork network) {
    String runtime = network.config().runtime().name().toLowerCase(Locale.ROOT);
    Case result = new Case(io.name(), size + " " + runtime, Precision.SINGLE, tolerance);
    TimInput input = GoldenNetwork.input(io, size + "/", DataType.FLOAT);
    result.compare("out", io.doubles(size + "/out"), network.predict(input));
    TimOutput output = network.forward(input);
    result.compare("out in training", io.doubles(size + "/out"), output.prediction());
    result.compare("h_proj", io.doubles(size + "/h_proj"), output.features());
    INDArray[] inputs = {input.x(), input.t(), input.r(), input.condition()};
    for (String key : io.keys()) {
      String vertex = vertex(key.substring(key.indexOf('/') + 1));
      if (key.startsWith(size + "/") && !vertex.isEmpty()) {
        INDArray activation = network.graph().output(List.of(vertex), false, inputs, null)[0];
        result.compare(vertex, io.doubles(key), activation);
      }
    }
    return result.result();
  }

  /** The vertex whose activation is stored under a key; empty if the key holds something else. */
  private static String vertex(String key) {
    if (key.startsWith("block")) {
      return key;
    }
    return switch (key) {
      case "t_embed" -> "phi";
      case "delta_embed" -> "delta";
      case "patch_tokens" -> "patch";
      default -> "";
    };
  }
}
