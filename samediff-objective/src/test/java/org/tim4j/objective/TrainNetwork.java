package org.tim4j.objective;

import java.nio.file.Path;
import org.nd4j.linalg.api.buffer.DataType;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.reference.ReferenceFile;
import org.tim4j.layers.reference.ReferenceFolder;
import org.tim4j.layers.reference.ReferenceNetwork;
import org.tim4j.layers.weights.TensorType;

/** The network of the reference files of training and sampling, in double precision. */
public final class TrainNetwork {
  private TrainNetwork() {}

  public static TimNetwork load() {
    ReferenceFolder folder = new ReferenceFolder(Path.of(System.getProperty("tim.golden")));
    try (ReferenceFile weights = folder.open("train_net.weights", TensorType.F64)) {
      return ReferenceNetwork.load(weights, DataType.DOUBLE, TimRuntime.SAMEDIFF);
    }
  }
}
