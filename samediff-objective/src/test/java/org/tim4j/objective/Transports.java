package org.tim4j.objective;

import java.util.stream.Stream;
import org.tim4j.objective.transport.Edm;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.TimeLaw;
import org.tim4j.objective.transport.Transport;
import org.tim4j.objective.transport.TrigFlow;
import org.tim4j.objective.transport.VeSde;
import org.tim4j.objective.transport.VpSde;

/** The transports that tests run on. */
public final class Transports {
  private Transports() {}

  /** Every transport that satisfies the identity between path and transition. */
  public static Stream<Transport> consistent() {
    return Stream.of(
        OtFlowMatching.standard(),
        TrigFlow.standard(),
        Edm.standard(),
        new Edm(new TimeLaw.LogNormal(-1.2, 1.2), 1),
        VpSde.standard(),
        VeSde.standard());
  }

  /** Returns {@code count} times from the smallest to the largest of the sampling times. */
  public static double[] ascendingTimes(Transport transport, int count) {
    double[] times = transport.defaultTimes(count - 1);
    for (int i = 0; i < count / 2; i++) {
      double swapped = times[i];
      times[i] = times[count - 1 - i];
      times[count - 1 - i] = swapped;
    }
    return times;
  }
}
