package org.tim4j.layers.weights;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.tim4j.layers.base.TimException;

/** A file of weights that belong to another network; lists every difference. */
public final class WeightMismatchException extends TimException {
  private final List<String> missing;
  private final List<String> unexpected;
  private final List<String> misshaped;

  /**
   * @param missing names that the network needs and the file does not have
   * @param unexpected names that the file has and the network does not know
   * @param misshaped tensors whose shape or type does not fit, each with both shapes
   */
  WeightMismatchException(
      Path file, List<String> missing, List<String> unexpected, List<String> misshaped) {
    super(
        file
            + " holds weights of another configuration: "
            + summary(missing, " missing")
            + summary(unexpected, " unexpected")
            + summary(misshaped, " of another shape"));
    this.missing = List.copyOf(missing);
    this.unexpected = List.copyOf(unexpected);
    this.misshaped = List.copyOf(misshaped);
  }

  /** Returns the authors' names that the network needs and the file does not have. */
  public List<String> missing() {
    return missing;
  }

  /** Returns the names that the file has and the network does not know. */
  public List<String> unexpected() {
    return unexpected;
  }

  /**
   * Returns one text for each tensor of another shape: its name, its shape and the expected one.
   */
  public List<String> misshaped() {
    return misshaped;
  }

  private static String summary(List<String> names, String kind) {
    return names.stream()
        .map(name -> "\n  " + name)
        .collect(Collectors.joining("", "\n" + names.size() + kind, ""));
  }
}
