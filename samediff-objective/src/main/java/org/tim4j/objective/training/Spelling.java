package org.tim4j.objective.training;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a misspelt name of a setting may stand for. */
final class Spelling {
  private Spelling() {}

  /**
   * Returns the setting whose name, or the end of whose path, takes the fewest changes of a
   * character; empty if that is more than a third of the characters.
   *
   * @param name as a user writes it
   * @param paths dotted paths of all settings
   */
  static Optional<String> nearest(String name, List<String> paths) {
    return paths.stream()
        .min(Comparator.comparingInt(path -> distance(name, path)))
        .filter(path -> 3 * distance(name, path) <= name.length());
  }

  private static int distance(String name, String path) {
    int best = changes(name, path);
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      best = Math.min(best, changes(name, path.substring(dot + 1)));
    }
    return best;
  }

  /** The Levenshtein distance, capital letters or not. */
  private static int changes(String from, String to) {
    String a = from.toLowerCase(Locale.ROOT);
    String b = to.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
