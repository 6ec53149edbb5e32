package org.tim4j.tribuo.table;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.tim4j.layers.base.InvalidInputException;

/**
 * Dates and times of one format as whole numbers: months, days, minutes, seconds or parts of a
 * second since the year 1970, or since midnight if there is no date.
 */
final class TimeFormat {
  private static final List<String> DATES =
      List.of(
          "yyyy-MM-dd",
          "yyyy/MM/dd",
          "yyyy.MM.dd",
          "dd.MM.yyyy",
          "dd/MM/yyyy",
          "MM/dd/yyyy",
          "dd-MM-yyyy",
          "MM-dd-yyyy",
          "d.M.yyyy",
          "d/M/yyyy",
          "M/d/yyyy",
          "dd-MMM-yyyy",
          "d MMM yyyy",
          "MMM d, yyyy");

  private static final List<String> TIMES =
      List.of(
          "",
          " HH:mm",
          " HH:mm:ss",
          " HH:mm:ss.SSS",
          " HH:mm:ss.SSSSSS",
          "'T'HH:mm",
          "'T'HH:mm:ss",
          "'T'HH:mm:ss.SSS",
          "'T'HH:mm:ss.SSSSSS",
          "'T'HH:mm:ss'Z'",
          "'T'HH:mm:ss.SSS'Z'",
          " H:mm",
          " H:mm:ss",
          " hh:mm a",
          " h:mm a");

  private static final List<String> OTHERS =
      List.of(
          "yyyy-MM", "HH:mm", "HH:mm:ss", "HH:mm:ss.SSS", "H:mm", "H:mm:ss", "hh:mm a", "h:mm a");

  private static final LocalDateTime EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

  private final String pattern;
  private final DateTimeFormatter formatter;
  private final boolean date;
  private final ChronoUnit unit;

  private TimeFormat(String pattern, DateTimeFormatter formatter) {
    this.pattern = pattern;
    this.formatter = formatter;
    String letters = pattern.replaceAll("'[^']*'", "");
    this.date = letters.contains("y") || letters.contains("u");
    this.unit = unit(letters);
  }

  private static ChronoUnit unit(String letters) {
    int fraction = letters.length() - letters.replace("S", "").length();
    if (fraction > 0) {
      return fraction > 3 ? ChronoUnit.MICROS : ChronoUnit.MILLIS;
    }
    if (letters.contains("s")) {
      return ChronoUnit.SECONDS;
    }
    if (letters.contains("m")) {
      return ChronoUnit.MINUTES;
    }
    if (letters.contains("H") || letters.contains("h")) {
      return ChronoUnit.HOURS;
    }
    return letters.contains("d") ? ChronoUnit.DAYS : ChronoUnit.MONTHS;
  }

  /**
   * Returns a format.
   *
   * @param pattern letters of {@link DateTimeFormatter}
   * @throws InvalidInputException if it is none, or has neither a date nor a time
   */
  static TimeFormat of(String pattern) {
    try {
      // A year of this era: strict parsing wants an era beside "y".
      DateTimeFormatter formatter =
          DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ENGLISH)
              .withResolverStyle(ResolverStyle.STRICT);
      TimeFormat format = new TimeFormat(pattern, formatter);
      format.format(0);
      return format;
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new InvalidInputException(
          "'" + pattern + "' is no format of dates or times; give one such as yyyy-MM-dd HH:mm", e);
    }
  }

  /** The formats that all these texts have; those written first are the more usual ones. */
  static List<String> candidates(Collection<String> cells) {
    if (cells.isEmpty()) {
      return List.of();
    }
    String first = cells.iterator().next();
    if (first.chars().noneMatch(Character::isDigit) || !first.matches(".*[-/.:, ].*")) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    for (String pattern : patterns()) {
      TimeFormat format = of(pattern);
      // Every text must also come back as it was.
      if (cells.stream().allMatch(format::isWritten)) {
        found.add(pattern);
      }
    }
    return found;
  }

  private static List<String> patterns() {
    List<String> patterns = new ArrayList<>();
    for (String date : DATES) {
      for (String time : TIMES) {
        patterns.add(date + time);
      }
    }
    patterns.addAll(OTHERS);
    return patterns;
  }

  private boolean isWritten(String cell) {
    OptionalDouble value = parse(cell);
    return value.isPresent() && format(value.getAsDouble()).equals(cell);
  }

  OptionalDouble parse(String cell) {
    try {
      TemporalAccessor time = formatter.parse(cell.strip());
      if (unit == ChronoUnit.MONTHS) {
        return OptionalDouble.of(YearMonth.from(time).getLong(ChronoField.PROLEPTIC_MONTH));
      }
      LocalDate day = date ? LocalDate.from(time) : LocalDate.EPOCH;
      LocalTime clock = unit == ChronoUnit.DAYS ? LocalTime.MIDNIGHT : LocalTime.from(time);
      return OptionalDouble.of(unit.between(EPOCH, LocalDateTime.of(day, clock)));
    } catch (DateTimeException e) {
      return OptionalDouble.empty();
    }
  }

  String format(double value) {
    long count = Math.round(value);
    if (unit == ChronoUnit.MONTHS) {
      return formatter.format(
          YearMonth.of((int) Math.floorDiv(count, 12L), (int) Math.floorMod(count, 12L) + 1));
    }
    return formatter.format(EPOCH.plus(count, unit));
  }

  @Override
  public String toString() {
    return pattern;
  }
}
