package org.tim4j.tribuo.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * How the numbers of a column are written.
 *
 * <p>Codes are not numbers: leading zeros, a plus sign, the suffixes and hexadecimal digits that
 * Java reads, and more digits than a double keeps make a text of a cell.
 *
 * @param decimals digits after the decimal mark, at most
 * @param padded whether all numbers have that many
 * @param comma whether the decimal mark is a comma
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record NumberFormat(int decimals, boolean padded, boolean comma) {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d{0,14})?(\\.\\d*)?([eE][+-]?\\d{1,3})?");

  /** Such as 12E4: rather the name of a thing than 120,000. */
  private static final Pattern CODE = Pattern.compile("-?\\d+E\\d+");

  /** Such as 1,234.50 or 12 %: what people read as a number. */
  private static final Pattern DRESSED =
      Pattern.compile(
          "[+-]?[$€£¥]?\\s?[+-]?\\d+([.,'’ \u00A0]\\d{3})*([.,]\\d+)?\\s?([$€£¥%]|[A-Z]{3})?");

  private static final Pattern LEADING_ZERO = Pattern.compile("[+-]?0\\d");

  private static final double LARGEST_PLAIN = 1e15;
  private static final double SMALLEST_PLAIN = 1e-6;

  /** The format of whole numbers. */
  public static final NumberFormat WHOLE = new NumberFormat(0, false, false);

  /** Returns the number that a cell holds, or nothing if it holds none. */
  OptionalDouble parse(String cell) {
    return parse(cell, comma);
  }

  private static OptionalDouble parse(String cell, boolean comma) {
    String text = cell.strip();
    if (comma) {
      if (text.indexOf('.') >= 0) {
        return OptionalDouble.empty();
      }
      text = text.replace(',', '.');
    }
    boolean digits = text.chars().anyMatch(c -> c >= '0' && c <= '9');
    if (!digits || !NUMBER.matcher(text).matches() || CODE.matcher(text).matches()) {
      return OptionalDouble.empty();
    }
    int exponent = exponent(text);
    if (text.substring(0, exponent).chars().noneMatch(Character::isDigit)) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  private static int exponent(String text) {
    int at = Math.max(text.indexOf('e'), text.indexOf('E'));
    return at < 0 ? text.length() : at;
  }

  /** Whether a cell is a number with a unit or separated groups, which is not read as one. */
  static boolean isDressed(String cell) {
    boolean plain = cell.chars().allMatch(c -> c >= '0' && c <= '9' || c == '+');
    return !plain
        && !isNumber(cell, false)
        && DRESSED.matcher(cell.strip()).matches()
        && !LEADING_ZERO.matcher(cell).lookingAt();
  }

  static boolean isNumber(String cell, boolean comma) {
    return parse(cell, comma).isPresent();
  }

  /** The format of these numbers. */
  static NumberFormat of(Collection<String> cells, boolean comma) {
    int most = 0;
    int fewest = Integer.MAX_VALUE;
    for (String cell : cells) {
      String text = cell.strip().replace(',', '.');
      int decimals = Math.max(0, new BigDecimal(text).scale());
      most = Math.max(most, decimals);
      fewest = exponent(text) < text.length() ? -1 : Math.min(fewest, decimals);
    }
    return new NumberFormat(most, most > 0 && most == fewest, comma);
  }

  /** Writes a number as people do: 5 and 0.2, not 5.0 and 2.0E-1. */
  String format(double value) {
    double magnitude = Math.abs(value);
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
    String text;
    if (magnitude >= LARGEST_PLAIN || (magnitude < SMALLEST_PLAIN && rounded.signum() != 0)) {
      text = Double.toString(value);
    } else if (padded) {
      text = rounded.toPlainString();
    } else {
      text = rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
    return comma ? text.replace('.', ',') : text;
  }

  /** The nearest number that can be written so. */
  double round(double value) {
    return parse(format(value)).orElseThrow();
  }
}
