package org.tim4j.cli.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes figures one by one, so that one that cannot be had costs no other. */
final class Measurements {
  private final Map<String, String> failures = new LinkedHashMap<>();

  /**
   * Returns the figure, or empty if its computation fails; the failure is kept.
   *
   * @param figure what it is called
   */
  <T> Optional<T> take(String figure, Supplier<T> computation) {
    try {
      return Optional.of(computation.get());
    } catch (RuntimeException e) {
      failures.putIfAbsent(figure, e.getMessage());
      return Optional.empty();
    }
  }

  /** Returns one line for each figure that failed, with its first failure. */
  List<String> failures() {
    return failures.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList();
  }
}
