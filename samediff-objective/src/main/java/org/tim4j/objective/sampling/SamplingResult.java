package org.tim4j.objective.sampling;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a sampler made.
 *
 * @param samples the states at the last time, {@code [batch, …]}
 * @param states the states at all times, from the start to the samples; empty unless asked for
 * @param evaluations number of predictions made for each sample, guided steps counting two
 */
public record SamplingResult(INDArray samples, List<INDArray> states, int evaluations) {
  public SamplingResult {
    states = List.copyOf(states);
  }
}
