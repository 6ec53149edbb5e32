package org.tim4j.tribuo.condition;

import java.util.List;
import org.tim4j.tribuo.protos.OutputPriorProto;
import org.tribuo.Output;

/**
 * Draws outputs for rows that are to be generated.
 *
 * @param <T> the type of output
 */
sealed interface OutputDraws<T extends Output<T>>
    permits IndependentDraws, QuotaDraws, SmoothDraws {
  /**
   * Returns so many outputs; the same for the same seed.
   *
   * @param count at least 1
   */
  List<T> draw(int count, long seed);

  /** Writes what {@link OutputPrior#deserialize} needs besides the outputs. */
  void writeTo(OutputPriorProto.Builder prior);
}
