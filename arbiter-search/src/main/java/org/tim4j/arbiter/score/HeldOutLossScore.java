package org.tim4j.arbiter.score;

import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.tim4j.arbiter.candidate.TrainedCandidate;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.NetworkTransition;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.interval.IntervalSampler;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.loss.DirectionalPart;
import org.tim4j.objective.loss.SampleScale;
import org.tim4j.objective.loss.StateTransitionTarget;
import org.tim4j.objective.loss.TransitionLoss;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.transport.Transport;

/**
 * Mean squared error of transitions on held-out examples, all intervals weighted alike and drawn in
 * the paper's proportions whatever the candidate was trained with. Comparable between candidates of
 * the same transport and law of times only.
 */
public final class HeldOutLossScore extends TransitionScore {
  private static final TransitionLoss PLAIN =
      new TransitionLoss(IntervalWeighting.constant(), DirectionalPart.NONE, SampleScale.NONE);

  private final int draws;
  private final long seed;

  /**
   * @param draws intervals and noises drawn for each held-out example, at least 1
   * @param seed seed of the draws
   */
  @JsonCreator
  public HeldOutLossScore(@JsonProperty("draws") int draws, @JsonProperty("seed") long seed) {
    this.draws = Require.atLeast("draws", draws, 1);
    this.seed = seed;
  }

  @Override
  public double score(TrainedCandidate model, Examples heldOut) {
    Transport transport = model.training().transport();
    NetworkTransition function = new NetworkTransition(model.network(), transport);
    INDArray x = heldOut.x().mul(transport.dataScale());
    double sum = 0;
    for (int draw = 0; draw < draws; draw++) {
      RandomStream random = RandomStream.of(seed, draw, Purpose.EVALUATION);
      Intervals intervals = IntervalSampler.standard().sample(transport, heldOut.size(), random);
      INDArray noise = random.gaussians(x.dataType(), x.shape());
      TransitionBatch batch = new TransitionBatch(x, noise, intervals, heldOut.condition());
      INDArray derivative = model.training().derivative().create().of(function, transport, batch);
      INDArray prediction =
          function.apply(
              transport.interpolate(x, noise, intervals.t()),
              intervals.t(),
              intervals.r(),
              heldOut.condition());
      INDArray target = StateTransitionTarget.of(transport, batch, derivative);
      sum +=
          PLAIN
              .evaluate(transport, intervals, prediction, target.castTo(prediction.dataType()))
              .denoising();
    }
    return sum / draws;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HeldOutLossScore score && draws == score.draws && seed == score.seed;
  }

  @Override
  public int hashCode() {
    return Objects.hash(draws, seed);
  }

  @Override
  public String toString() {
    return "held-out transition loss";
  }
}
