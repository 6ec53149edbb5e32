package org.tim4j.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tim4j.objective.interval.IntervalSampler;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.transport.Transport;

/** Times from raw draws, and the start and target times of whole batches. */
final class TimeSamplingCheck implements GoldenCheck {
  private static final String FILE = "time_sampling";

  @Override
  public List<String> files() {
    return List.of(FILE);
  }

  @Override
  public List<CaseResult> run(GoldenFolder golden) {
    List<CaseResult> results = new ArrayList<>();
    try (GoldenFile file = golden.open(FILE)) {
      for (Map.Entry<String, JsonNode> entry : file.json().get("params").properties()) {
        String name = entry.getKey();
        results.add(times(file, name, GoldenTransports.of(name, entry.getValue())));
      }
      for (Map.Entry<String, JsonNode> entry : file.json().get("cases").properties()) {
        results.add(intervals(file, entry.getKey(), entry.getValue()));
      }
    }
    return results;
  }

  private static CaseResult times(GoldenFile file, String name, Transport transport) {
    double[] times =
        Arrays.stream(file.doubles(name + "/raw")).map(transport.timeLaw()::timeFromDraw).toArray();
    return new Case(FILE, name, Precision.DOUBLE)
        .compare("t", file.doubles(name + "/t"), times)
        .compare(
            "c_noise",
            file.doubles(name + "/c_noise"),
            Arrays.stream(times).map(transport::cNoise).toArray())
        .result();
  }

  private static CaseResult intervals(GoldenFile file, String name, JsonNode ratios) {
    Case result = new Case(FILE, name, Precision.DOUBLE);
    IntervalSampler sampler =
        new IntervalSampler(
            ratios.get("diffusion_ratio").asDouble(), ratios.get("consistency_ratio").asDouble());
    for (String transport : List.of("OT_FM", "EDM")) {
      String prefix = name + "/" + transport + "/";
      Intervals intervals =
          sampler.fromDraws(
              GoldenTransports.of(transport, file.json().get("params").get(transport)),
              file.doubles(prefix + "raw1"),
              file.doubles(prefix + "raw2"));
      result
          .compare(transport + " t", file.doubles(prefix + "t"), intervals.t())
          .compare(transport + " r", file.doubles(prefix + "r"), intervals.r())
          .compare(
              transport + " n_diffusion",
              file.integer(prefix + "n_diffusion"),
              sampler.diffusionCount(intervals.size()));
    }
    return result.result();
  }
}
