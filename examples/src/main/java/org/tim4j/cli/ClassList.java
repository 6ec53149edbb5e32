package org.tim4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.tim4j.layers.base.InvalidInputException;

/** Lists of classes and ranges, such as {@code 1,3,5-7}. */
final class ClassList {
  private static final Pattern PART = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");

  private ClassList() {}

  /**
   * Returns the classes in the order in which they are listed.
   *
   * @throws InvalidInputException if the text is no such list
   */
  static List<Integer> parse(String text) {
    List<Integer> classes = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher matcher = PART.matcher(part.strip());
      int first = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
      int last =
          matcher.matches() && matcher.group(2) != null
              ? Integer.parseInt(matcher.group(2))
              : first;
      if (!matcher.matches() || last < first) {
        throw new InvalidInputException(
            "'" + text + "' is no list of classes; give for example 0-9 or 1,3,5-7");
      }
      IntStream.rangeClosed(first, last).forEach(classes::add);
    }
    return classes;
  }
}
