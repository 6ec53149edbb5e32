package org.tim4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tim4j.layers.base.InvalidInputException;

/** Lists of classes and ranges, such as {@code 1,3,5-7} or {@code circle,square}. */
final class ClassList {
  private static final Pattern PART = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");

  private static final int MOST_NAMES = 12;

  private final String text;
  private final List<String> names;

  private ClassList(String text, List<String> names) {
    this.text = text;
    this.names = names;
  }

  /**
   * Returns the classes in the order in which they are listed. What is the name of a class means
   * that class; other numbers count the classes from 0.
   *
   * @param names names of all classes
   * @throws InvalidInputException if the text is no such list
   */
  static List<Integer> parse(String text, List<String> names) {
    return new ClassList(text, names).classes();
  }

  private List<Integer> classes() {
    List<Integer> classes = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String stripped = part.strip();
      int named = names.indexOf(stripped);
      Matcher matcher = PART.matcher(stripped);
      if (named >= 0) {
        classes.add(named);
      } else if (matcher.matches()) {
        range(matcher).forEach(classes::add);
      } else {
        throw refused();
      }
    }
    return classes;
  }

  private IntStream range(Matcher matcher) {
    String begin = matcher.group(1);
    String end = matcher.group(2) == null ? begin : matcher.group(2);
    boolean named = names.contains(begin) && names.contains(end);
    int first = named ? names.indexOf(begin) : Integer.parseInt(begin);
    int last = named ? names.indexOf(end) : Integer.parseInt(end);
    if (last < first) {
      throw refused();
    }
    return IntStream.rangeClosed(first, last);
  }

  private InvalidInputException refused() {
    return new InvalidInputException(
        "'"
            + text
            + "' is no list of classes; give for example 0-9 or 1,3,5-7, or names of classes: "
            + names.stream().limit(MOST_NAMES).collect(Collectors.joining(","))
            + (names.size() > MOST_NAMES ? ",..." : ""));
  }
}
