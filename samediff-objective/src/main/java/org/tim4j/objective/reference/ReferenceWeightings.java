package org.tim4j.objective.reference;

import java.util.Locale;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.json.JsonFields;
import org.tim4j.objective.interval.IntervalMeasure;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.interval.TimeWarp;
import org.tim4j.objective.interval.WeightForm;

/** Makes the interval weighting that a reference file names. */
final class ReferenceWeightings {
  private ReferenceWeightings() {}

  /**
   * Returns the weighting of four names.
   *
   * @param form for example {@code sqrt} or {@code Soft-Min-SNR}
   * @param warp {@code none}, {@code tangent} or {@code sigmoid}
   * @param measure {@code t} or {@code t_minus_r}
   * @throws InvalidInputException if a name is unknown
   */
  static IntervalWeighting of(String form, String warp, String measure) {
    return new IntervalWeighting(
        form.equals("Soft-Min-SNR") ? WeightForm.SOFT_MIN_SNR : WeightForm.POWER,
        exponent(form),
        warp(warp),
        measure(measure));
  }

  /**
   * Returns the weighting of a training step's description: {@code weight_time_type} and perhaps
   * {@code weight_time_tangent}, {@code weight_time_sigmoid} and {@code weight_t_and_r}. The
   * tangent wins where both warps are asked for, as in the authors' code.
   */
  static IntervalWeighting of(JsonFields schedule) {
    String warp = "none";
    if (isSet(schedule, "weight_time_tangent", false)) {
      warp = "tangent";
    } else if (isSet(schedule, "weight_time_sigmoid", false)) {
      warp = "sigmoid";
    }
    String measure = isSet(schedule, "weight_t_and_r", true) ? "t_minus_r" : "t";
    return of(schedule.text("weight_time_type"), warp, measure);
  }

  private static boolean isSet(JsonFields schedule, String flag, boolean otherwise) {
    return schedule.has(flag) ? schedule.flag(flag) : otherwise;
  }

  private static double exponent(String form) {
    return switch (form) {
      case "constant", "Soft-Min-SNR" -> 0;
      case "reciprocal" -> -1;
      case "sqrt" -> -0.5;
      case "square" -> -2;
      default -> throw unknown("weighting", form);
    };
  }

  private static TimeWarp warp(String name) {
    return switch (name) {
      case "none" -> TimeWarp.NONE;
      case "tangent" -> TimeWarp.TANGENT;
      case "sigmoid" -> TimeWarp.SIGMOID;
      default -> throw unknown("time warp", name);
    };
  }

  private static IntervalMeasure measure(String name) {
    return switch (name) {
      case "t" -> IntervalMeasure.T;
      case "t_minus_r" -> IntervalMeasure.T_MINUS_R;
      default -> throw unknown("measure of an interval", name);
    };
  }

  private static InvalidInputException unknown(String what, String name) {
    return new InvalidInputException(
        String.format(Locale.ROOT, "no %s is known by the name %s", what, name));
  }
}
