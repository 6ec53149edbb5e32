package org.tim4j.cli.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.interval.IntervalMeasure;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.interval.TimeWarp;
import org.tim4j.objective.interval.WeightForm;
import org.tim4j.objective.loss.SampleScale;

/** Interval weightings, named {@code w/sd=σ/FORM/WARP/MEASURE}, and the adaptive scale. */
final class WeightsCheck implements GoldenCheck {
  private static final String FILE = "weights";
  private static final String SIGMA_DATA = "w/sd=";

  @Override
  public List<String> files() {
    return List.of(FILE);
  }

  @Override
  public List<CaseResult> run(GoldenFolder golden) {
    List<CaseResult> results = new ArrayList<>();
    try (GoldenFile file = golden.open(FILE)) {
      Intervals intervals =
          new Intervals(file.doubles("t"), file.doubles("r"), file.integer("n_diffusion"));
      Map<String, Case> cases = new LinkedHashMap<>();
      for (String key : file.keys()) {
        if (key.startsWith(SIGMA_DATA)) {
          String[] parts = key.substring(SIGMA_DATA.length()).split("/");
          cases
              .computeIfAbsent(
                  "sd=" + parts[0] + "/" + parts[1], name -> new Case(FILE, name, Precision.DOUBLE))
              .compare(parts[2] + "/" + parts[3], file.doubles(key), weights(parts, intervals));
        }
      }
      cases.values().forEach(each -> results.add(each.result()));
      results.add(
          new Case(FILE, "adaptive", Precision.DOUBLE)
              .compare(
                  "adaptive_weight",
                  file.doubles("adaptive_weight"),
                  Arrays.stream(file.doubles("loss")).map(SampleScale.ADAPTIVE::of).toArray())
              .result());
    }
    return results;
  }

  private static double[] weights(String[] parts, Intervals intervals) {
    return new IntervalWeighting(
            form(parts[1]), exponent(parts[1]), warp(parts[2]), measure(parts[3]))
        .weights(intervals, Double.parseDouble(parts[0]));
  }

  private static WeightForm form(String name) {
    return name.equals("Soft-Min-SNR") ? WeightForm.SOFT_MIN_SNR : WeightForm.POWER;
  }

  /** The exponent of a named weighting. */
  static double exponent(String name) {
    return switch (name) {
      case "constant", "Soft-Min-SNR" -> 0;
      case "reciprocal" -> -1;
      case "sqrt" -> -0.5;
      case "square" -> -2;
      default -> throw new InvalidInputException("no weighting is known by the name " + name);
    };
  }

  private static TimeWarp warp(String name) {
    return switch (name) {
      case "none" -> TimeWarp.NONE;
      case "tangent" -> TimeWarp.TANGENT;
      case "sigmoid" -> TimeWarp.SIGMOID;
      default -> throw new InvalidInputException("no time warp is known by the name " + name);
    };
  }

  private static IntervalMeasure measure(String name) {
    return name.equals("t") ? IntervalMeasure.T : IntervalMeasure.T_MINUS_R;
  }
}
