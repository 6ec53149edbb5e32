package org.tim4j.objective;

import org.nd4j.linalg.api.buffer.DataType;
import org.tim4j.layers.Condition;
import org.tim4j.layers.RepresentationAlignment;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.RopeOrder;
import org.tim4j.layers.weights.SafetensorsFile;
import org.tim4j.layers.weights.TimWeights;

/** The network of the golden files of training and sampling, in double precision. */
public final class TrainNetwork {
  private TrainNetwork() {}

  public static TimNetwork load() {
    TimNetworkConfig config =
        TimNetworkConfig.builder()
            .channels(4)
            .patch(2)
            .hidden(24)
            .depth(2)
            .heads(3)
            .modulationRank(8)
            .condition(new Condition.Classes(10, true))
            .ropeOrder(RopeOrder.OFFICIAL)
            .representation(new RepresentationAlignment(1, 8, 6))
            .dataType(DataType.DOUBLE)
            .build();
    TimNetwork network = TimNetwork.create(config, 0);
    try (SafetensorsFile weights = Golden.open("train_net.weights")) {
      TimWeights.of(config).load(weights, network.parameterTable());
    }
    return network;
  }
}
