package org.tim4j.tribuo.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tim4j.layers.base.InvalidInputException;

/**
 * New values of an identifier, like the real ones and none of them.
 *
 * <p>If all real ones are one number between the same texts, such as C-007, the numbers go on
 * behind the largest. Otherwise every place of a new one holds a character that real ones of its
 * length have there. No real value is kept.
 *
 * @param before the text before the number, or null if there is no such number
 * @param after the text behind it
 * @param digits its digits, with leading zeros
 * @param largest the largest real number
 * @param places the characters of every place, for each length; if there is no number
 */
record FreshValues(
    String before, String after, int digits, long largest, List<List<String>> places) {
  private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,15})(\\D*)");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final int TRIALS = 1000;

  /** Whether texts look like the codes of one system: the same kinds of characters in one order. */
  static boolean areCodes(Collection<String> texts) {
    if (texts.stream().allMatch(text -> UUID.matcher(text).matches())) {
      return true;
    }
    String shape = shape(texts.iterator().next());
    return shape.indexOf('9') >= 0 && texts.stream().allMatch(text -> shape(text).equals(shape));
  }

  private static String shape(String text) {
    return text.replaceAll("\\d+", "9").replaceAll("\\p{L}+", "A");
  }

  static FreshValues of(Collection<String> real) {
    String before = null;
    String after = null;
    int digits = Integer.MAX_VALUE;
    long largest = 0;
    boolean numbered = true;
    for (String text : real) {
      Matcher matcher = NUMBERED.matcher(text);
      numbered = matcher.matches();
      if (numbered && before == null) {
        before = matcher.group(1);
        after = matcher.group(3);
      }
      if (!numbered || !matcher.group(1).equals(before) || !matcher.group(3).equals(after)) {
        numbered = false;
        break;
      }
      digits = Math.min(digits, matcher.group(2).length());
      largest = Math.max(largest, Long.parseLong(matcher.group(2)));
    }
    return numbered
        ? new FreshValues(before, after, digits, largest, List.of())
        : new FreshValues(null, null, 0, 0, places(real));
  }

  private static List<List<String>> places(Collection<String> real) {
    TreeMap<Integer, List<TreeSet<Character>>> byLength = new TreeMap<>();
    for (String text : real) {
      List<TreeSet<Character>> sets =
          byLength.computeIfAbsent(text.length(), length -> new ArrayList<>());
      for (int i = 0; i < text.length(); i++) {
        if (sets.size() == i) {
          sets.add(new TreeSet<>());
        }
        sets.get(i).add(text.charAt(i));
      }
    }
    List<List<String>> places = new ArrayList<>();
    for (List<TreeSet<Character>> sets : byLength.values()) {
      places.add(sets.stream().map(FreshValues::text).toList());
    }
    return places;
  }

  private static String text(Set<Character> characters) {
    StringBuilder text = new StringBuilder();
    characters.forEach(text::append);
    return text.toString();
  }

  /**
   * Returns new values.
   *
   * @param real values to avoid; none are known of a saved generator
   * @throws InvalidInputException if there are not so many
   */
  List<String> draw(String column, int count, Set<String> real, RandomGenerator random) {
    Set<String> drawn = new HashSet<>();
    List<String> values = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      String value = before == null ? null : numbered(largest + i);
      for (int trial = 0; value == null && trial < TRIALS; trial++) {
        String candidate = random(random);
        value = real.contains(candidate) || drawn.contains(candidate) ? null : candidate;
      }
      if (value == null) {
        throw new InvalidInputException(
            "there are not "
                + count
                + " new values like those of the column '"
                + column
                + "'; make its type text in --metadata");
      }
      drawn.add(value);
      values.add(value);
    }
    return values;
  }

  private String numbered(long number) {
    String text = Long.toString(number);
    return before + "0".repeat(Math.max(0, digits - text.length())) + text + after;
  }

  private String random(RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    for (String place : places.get(random.nextInt(places.size()))) {
      text.append(place.charAt(random.nextInt(place.length())));
    }
    return text.toString();
  }
}
