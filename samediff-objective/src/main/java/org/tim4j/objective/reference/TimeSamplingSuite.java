package org.tim4j.objective.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.json.JsonFields;
import org.tim4j.layers.reference.CaseResult;
import org.tim4j.layers.reference.Comparison;
import org.tim4j.layers.reference.Precision;
import org.tim4j.layers.reference.ReferenceFile;
import org.tim4j.layers.reference.ReferenceFolder;
import org.tim4j.layers.reference.ReferenceSuite;
import org.tim4j.layers.weights.TensorType;
import org.tim4j.objective.interval.IntervalSampler;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.transport.Transport;

/** Times from raw draws, and the start and target times of whole batches. */
public final class TimeSamplingSuite implements ReferenceSuite {
  private static final String FILE = "time_sampling";
  private static final String FIRST_DRAW = "/raw1";

  @Override
  public List<String> files() {
    return List.of(FILE);
  }

  @Override
  public List<CaseResult> run(ReferenceFolder folder) {
    List<CaseResult> results = new ArrayList<>();
    try (ReferenceFile file = folder.open(FILE, TensorType.F64)) {
      JsonFields params = file.description().object("params");
      for (String name : params.names()) {
        results.add(times(file, name, ReferenceTransports.of(name, params.object(name))));
      }
      JsonFields cases = file.description().object("cases");
      for (String name : cases.names()) {
        results.add(intervals(file, name, cases.object(name)));
      }
      file.requireAllRead();
    }
    return results;
  }

  private static CaseResult times(ReferenceFile file, String name, Transport transport) {
    double[] draws = file.doubles(name + "/raw", ReferenceFile.ANY);
    double[] times = Arrays.stream(draws).map(transport.timeLaw()::timeFromDraw).toArray();
    return new Comparison(FILE, name, Precision.DOUBLE)
        .compare("t", file.doubles(name + "/t", draws.length), times)
        .compare(
            "c_noise",
            file.doubles(name + "/c_noise", draws.length),
            Arrays.stream(times).map(transport::cNoise).toArray())
        .result();
  }

  private static CaseResult intervals(ReferenceFile file, String name, JsonFields settings) {
    Comparison result = new Comparison(FILE, name, Precision.DOUBLE);
    IntervalSampler sampler =
        new IntervalSampler(
            settings.number("diffusion_ratio"), settings.number("consistency_ratio"));
    int batch = settings.count("batch");
    for (String transport : transports(file, name)) {
      String prefix = name + "/" + transport + "/";
      Intervals intervals =
          sampler.fromDraws(
              ReferenceTransports.of(
                  transport, file.description().object("params").object(transport)),
              file.doubles(prefix + "raw1", batch),
              file.doubles(prefix + "raw2", batch));
      result
          .compare(transport + " t", file.doubles(prefix + "t", batch), intervals.t())
          .compare(transport + " r", file.doubles(prefix + "r", batch), intervals.r())
          .compare(
              transport + " n_diffusion",
              file.count(prefix + "n_diffusion", batch),
              sampler.diffusionCount(batch));
    }
    return result.result();
  }

  /** The transports that a case was drawn for. */
  private static List<String> transports(ReferenceFile file, String name) {
    List<String> transports =
        file.keys().stream()
            .filter(key -> key.startsWith(name + "/") && key.endsWith(FIRST_DRAW))
            .map(key -> key.substring(name.length() + 1, key.length() - FIRST_DRAW.length()))
            .toList();
    if (transports.isEmpty()) {
      throw new InvalidInputException(FILE + " has no draws for the case " + name);
    }
    return transports;
  }
}
