package org.tim4j.layers.reference;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Outcome of one case of a reference file.
 *
 * @param file name of the file without its ending
 * @param name name of the case
 * @param arrays number of arrays compared
 * @param maxError largest error; infinite if one is not a number, NaN if nothing could be compared
 * @param tolerance largest error allowed
 * @param note the array with the largest error, or why there is none
 */
public record CaseResult(
    String file, String name, int arrays, double maxError, double tolerance, String note) {
  /** Returns the outcome of a case that could not be compared. */
  public static CaseResult failure(String file, String reason) {
    return new CaseResult(file, "-", 0, Double.NaN, 0, reason);
  }

  /** Whether the error is within the tolerance. */
  @JsonProperty
  public boolean passed() {
    return maxError <= tolerance;
  }
}
