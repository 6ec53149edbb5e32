package org.tim4j.objective.reference;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.reference.ReferenceFile;
import org.tim4j.layers.reference.ReferenceNetwork;
import org.tim4j.objective.ConditionRange;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.training.BatchDraw;

/** Reads the batches of training steps, in double precision. */
final class ReferenceBatch {
  private ReferenceBatch() {}

  /**
   * Returns the batch of one step: {@code x}, {@code z}, {@code t}, {@code r}, {@code n_diffusion},
   * {@code y} and {@code h_target} under a prefix.
   */
  static BatchDraw of(ReferenceFile file, String prefix, TimNetwork network) {
    TimNetworkConfig config = network.config();
    INDArray x =
        file.array(
            prefix + "x",
            DataType.DOUBLE,
            ReferenceFile.ANY,
            config.channels(),
            ReferenceFile.ANY,
            ReferenceFile.ANY);
    int samples = Math.toIntExact(x.size(0));
    long tokens = x.size(2) / config.patch() * (x.size(3) / config.patch());
    INDArray condition = condition(file, prefix + "y", network, samples);
    TransitionBatch batch =
        new TransitionBatch(
            x,
            file.array(prefix + "z", DataType.DOUBLE, x.shape()),
            new Intervals(
                file.doubles(prefix + "t", samples),
                file.doubles(prefix + "r", samples),
                file.count(prefix + "n_diffusion", samples)),
            condition);
    INDArray features =
        file.array(
            prefix + "h_target",
            DataType.DOUBLE,
            samples,
            tokens,
            config.representation().featureSize());
    return new BatchDraw(batch, condition, features);
  }

  /** Returns conditions that the network knows. */
  static INDArray condition(ReferenceFile file, String key, TimNetwork network, long samples) {
    INDArray condition =
        ReferenceNetwork.condition(
            file, key, network.config().condition(), DataType.DOUBLE, samples);
    ConditionRange.check(network.config().condition(), condition);
    return condition;
  }
}
