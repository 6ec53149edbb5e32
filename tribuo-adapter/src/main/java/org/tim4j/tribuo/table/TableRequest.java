package org.tim4j.tribuo.table;

import java.util.Map;
import org.tim4j.layers.base.InvalidInputException;

/**
 * What to generate.
 *
 * @param rows how many, at least 1
 * @param evaluations network evaluations per row, at least 1
 * @param seed the same request gives the same rows
 * @param where texts that columns shall have; of a label it is the condition, of any other column
 *     rows without it are thrown away
 */
public record TableRequest(int rows, int evaluations, long seed, Map<String, String> where) {
  /**
   * @throws InvalidInputException if a number is below 1
   */
  public TableRequest {
    where = Map.copyOf(where);
    if (rows < 1 || evaluations < 1) {
      throw new InvalidInputException(
          "rows and network evaluations must be at least 1, found " + rows + " and " + evaluations);
    }
  }
}
