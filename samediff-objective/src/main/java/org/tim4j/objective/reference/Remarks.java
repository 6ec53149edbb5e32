package org.tim4j.objective.reference;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.json.JsonFields;
import org.tim4j.objective.loss.GuidanceFreeTraining;
import org.tim4j.objective.loss.Tangent;

/**
 * Settings that a description tells in words, under {@code content}. Those that it does not mention
 * are the published ones.
 */
final class Remarks {
  private static final String NUMBER = "(\\d*\\.?\\d+(?:[eE]-?\\d+)?)";
  private static final Pattern EPSILON = Pattern.compile("(?i)\\beps " + NUMBER);
  private static final Pattern DATA_WEIGHT = Pattern.compile("\\bw_gt " + NUMBER);
  private static final Pattern CONDITIONAL_WEIGHT = Pattern.compile("\\bw_cond " + NUMBER);
  private static final Pattern RANGE =
      Pattern.compile("\\brange \\[" + NUMBER + ", ?" + NUMBER + "\\]");

  private static final double PUBLISHED_EPSILON = 0.005;

  private final String content;

  Remarks(JsonFields description) {
    content = description.has("content") ? description.text("content") : "";
  }

  /** Half width of the finite difference in time: {@code eps 0.005}. */
  double epsilon() {
    double epsilon = first(EPSILON).orElse(PUBLISHED_EPSILON);
    if (!(epsilon > 0)) {
      throw new InvalidInputException(
          String.format(Locale.ROOT, "eps is %s; it must be above 0", epsilon));
    }
    return epsilon;
  }

  /** Guidance-free training: {@code w_gt 1, w_cond .75, range [.3,.8]}. */
  GuidanceFreeTraining guidance() {
    GuidanceFreeTraining published = GuidanceFreeTraining.standard();
    Matcher range = RANGE.matcher(content);
    boolean ranged = range.find();
    return new GuidanceFreeTraining(
        first(DATA_WEIGHT).orElse(published.dataWeight()),
        first(CONDITIONAL_WEIGHT).orElse(published.conditionalWeight()),
        ranged ? Double.parseDouble(range.group(1)) : published.start(),
        ranged ? Double.parseDouble(range.group(2)) : published.end(),
        Tangent.DATA);
  }

  private OptionalDouble first(Pattern pattern) {
    Matcher matcher = pattern.matcher(content);
    return matcher.find()
        ? OptionalDouble.of(Double.parseDouble(matcher.group(1)))
        : OptionalDouble.empty();
  }
}
