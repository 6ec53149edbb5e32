package org.tim4j.objective.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.reference.CaseResult;
import org.tim4j.layers.reference.Comparison;
import org.tim4j.layers.reference.Precision;
import org.tim4j.layers.reference.ReferenceFile;
import org.tim4j.layers.reference.ReferenceFolder;
import org.tim4j.layers.reference.ReferenceSuite;
import org.tim4j.layers.weights.TensorType;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.loss.SampleScale;

/** Interval weightings, named {@code w/sd=σ/FORM/WARP/MEASURE}, and the adaptive scale. */
public final class WeightingSuite implements ReferenceSuite {
  private static final String FILE = "weights";
  private static final Pattern NAME =
      Pattern.compile("w/sd=(\\d+(?:\\.\\d+)?)/([^/]+)/([^/]+)/([^/]+)");

  @Override
  public List<String> files() {
    return List.of(FILE);
  }

  @Override
  public List<CaseResult> run(ReferenceFolder folder) {
    List<CaseResult> results = new ArrayList<>();
    try (ReferenceFile file = folder.open(FILE, TensorType.F64)) {
      double[] t = file.doubles("t", ReferenceFile.ANY);
      Intervals intervals =
          new Intervals(t, file.doubles("r", t.length), file.count("n_diffusion", t.length));
      Map<String, Comparison> cases = new LinkedHashMap<>();
      Map<String, Integer> combinations = new LinkedHashMap<>();
      for (String key : file.keys()) {
        Matcher name = NAME.matcher(key);
        if (name.matches()) {
          String form = "sd=" + name.group(1) + "/" + name.group(2);
          String kind = name.group(3) + "/" + name.group(4);
          combinations.merge(kind, 1, Integer::sum);
          cases
              .computeIfAbsent(form, each -> new Comparison(FILE, each, Precision.DOUBLE))
              .compare(kind, file.doubles(key, t.length), weights(name, intervals));
        }
      }
      requireWhole(combinations, cases.size());
      cases.values().forEach(each -> results.add(each.result()));
      results.add(adaptive(file));
      file.requireAllRead();
    }
    return results;
  }

  private static double[] weights(Matcher name, Intervals intervals) {
    return ReferenceWeightings.of(name.group(2), name.group(3), name.group(4))
        .weights(intervals, Double.parseDouble(name.group(1)));
  }

  /** Every form is stored under the same warps and measures; otherwise an array is missing. */
  private static void requireWhole(Map<String, Integer> combinations, int cases) {
    combinations.forEach(
        (kind, count) -> {
          if (count != cases) {
            throw new InvalidInputException(
                String.format(
                    Locale.ROOT,
                    "%s has %s for %d of %d weightings; an array is missing",
                    FILE,
                    kind,
                    count,
                    cases));
          }
        });
  }

  private static CaseResult adaptive(ReferenceFile file) {
    double[] losses = file.doubles("loss", ReferenceFile.ANY);
    return new Comparison(FILE, "adaptive", Precision.DOUBLE)
        .compare(
            "adaptive_weight",
            file.doubles("adaptive_weight", losses.length),
            Arrays.stream(losses).map(SampleScale.ADAPTIVE::of).toArray())
        .result();
  }
}
