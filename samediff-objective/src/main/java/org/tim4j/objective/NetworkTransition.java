package org.tim4j.objective;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.TimInput;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.transport.Transport;

/**
 * A network as a function of raw times: each time reaches it through {@link Transport#cNoise}.
 *
 * @param network the network; its parameters are read at every call
 * @param transport the transport it is trained with
 */
public record NetworkTransition(TimNetwork network, Transport transport)
    implements TransitionFunction {
  public NetworkTransition {
    Require.present("network", network);
    Require.present("transport", transport);
  }

  @Override
  public INDArray apply(INDArray x, double[] t, double[] r, INDArray condition) {
    return network.predict(input(x, t, r, condition));
  }

  /**
   * Returns what the network sees of a state and its raw times, in the network's data type.
   *
   * @throws org.tim4j.layers.base.InvalidInputException if the network does not know a class
   */
  public TimInput input(INDArray x, double[] t, double[] r, INDArray condition) {
    ConditionRange.check(network.config().condition(), condition);
    DataType type = network.config().dataType();
    return new TimInput(
        x.castTo(type),
        seen(t, type),
        seen(r, type),
        condition == null ? null : condition.castTo(type));
  }

  private INDArray seen(double[] times, DataType type) {
    double[] noise = Arrays.stream(times).map(transport::cNoise).toArray();
    return Nd4j.createFromArray(noise).castTo(type).reshape('c', times.length, 1);
  }
}
