package org.tim4j.arbiter.score;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.tim4j.arbiter.candidate.TrainedCandidate;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.NetworkTransition;
import org.tim4j.objective.array.SampleWise;
import org.tim4j.objective.metric.FrechetDistance;
import org.tim4j.objective.sampling.SamplingRequest;
import org.tim4j.objective.sampling.TransitionSampler;
import org.tim4j.objective.training.Examples;

/**
 * Fréchet distance between samples and held-out examples, by their raw values, as the mean over
 * several numbers of network evaluations (NFE) for each sample. Conditions are those of the
 * held-out examples in turn.
 */
public final class FrechetScore extends TransitionScore {
  private final int[] evaluations;
  private final int samples;
  private final long seed;

  /**
   * @param samples number of samples for each NFE, at least 2
   * @param seed seed of the noise that they start from
   * @param evaluations one or several NFE, each at least 1
   */
  @JsonCreator
  public FrechetScore(
      @JsonProperty("samples") int samples,
      @JsonProperty("seed") long seed,
      @JsonProperty("evaluations") int... evaluations) {
    this.samples = Require.atLeast("samples", samples, 2);
    this.seed = seed;
    this.evaluations = evaluations.clone();
    Require.atLeast("the number of NFE", evaluations.length, 1);
    for (int steps : evaluations) {
      Require.atLeast("the NFE of a score", steps, 1);
    }
  }

  @Override
  public double score(TrainedCandidate model, Examples heldOut) {
    TransitionSampler sampler =
        new TransitionSampler(
            new NetworkTransition(model.network(), model.training().transport()),
            model.training().transport());
    INDArray real = rows(heldOut.x());
    return Arrays.stream(evaluations)
        .mapToDouble(
            steps ->
                FrechetDistance.between(
                    real, rows(sampler.sample(request(model, heldOut, steps)).samples())))
        .average()
        .orElseThrow();
  }

  private SamplingRequest request(TrainedCandidate model, Examples heldOut, int steps) {
    long[] shape = heldOut.x().shape().clone();
    shape[0] = samples;
    SamplingRequest.Builder request =
        SamplingRequest.fromNoise(seed, shape)
            .steps(steps)
            .dataType(model.network().config().dataType());
    if (heldOut.condition() != null) {
      int[] inTurn = IntStream.range(0, samples).map(i -> i % heldOut.size()).toArray();
      request.condition(SampleWise.pick(heldOut.condition(), inTurn));
    }
    return request.build();
  }

  private static INDArray rows(INDArray batch) {
    return batch
        .castTo(DataType.DOUBLE)
        .reshape('c', batch.size(0), batch.length() / batch.size(0));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FrechetScore score
        && Arrays.equals(evaluations, score.evaluations)
        && samples == score.samples
        && seed == score.seed;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(evaluations) + 31 * samples + Long.hashCode(seed);
  }

  @Override
  public String toString() {
    return "Fréchet distance at NFE " + Arrays.toString(evaluations);
  }
}
