package org.tim4j.tribuo.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Texts that stand for a missing value among numbers and times. */
final class MissingMarkers {
  private static final Set<String> MARKERS =
      Set.of(
          "NA",
          "N/A",
          "n/a",
          "na",
          "#N/A",
          "<NA>",
          "NaN",
          "nan",
          "NAN",
          "NaT",
          "null",
          "NULL",
          "Null",
          "None",
          "none",
          "?",
          "-",
          "--",
          "inf",
          "-inf",
          "+inf",
          "Inf",
          "-Inf",
          "+Inf",
          "Infinity",
          "-Infinity",
          "+Infinity");

  private MissingMarkers() {}

  static boolean contains(String text) {
    return MARKERS.contains(text);
  }

  /** The markers of a column, the most frequent first; blank cells are the marker of no text. */
  static List<String> of(TextColumn column) {
    int[] counts = column.counts();
    List<String> texts = column.texts();
    int blanks = 0;
    for (int code = 0; code < counts.length; code++) {
      blanks += texts.get(code).isBlank() ? counts[code] : 0;
    }
    List<Integer> found =
        IntStream.range(0, counts.length)
            .filter(code -> contains(texts.get(code)))
            .boxed()
            .sorted(Comparator.comparingInt(code -> -counts[code]))
            .toList();
    List<String> markers = new ArrayList<>(found.stream().map(texts::get).toList());
    if (blanks > 0 && (found.isEmpty() || blanks > counts[found.get(0)])) {
      markers.add(0, "");
    }
    return markers;
  }
}
