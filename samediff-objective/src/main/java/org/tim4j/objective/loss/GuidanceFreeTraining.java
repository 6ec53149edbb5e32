package org.tim4j.objective.loss;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.TransitionFunction;
import org.tim4j.objective.array.SampleWise;
import org.tim4j.objective.transport.PathCoefficients;
import org.tim4j.objective.transport.PredictionCoefficients;
import org.tim4j.objective.transport.Transport;

/**
 * Guidance learned in training, so that sampling needs no second prediction: the instantaneous part
 * {@code base = α̂ x + σ̂ ε} of the target becomes
 *
 * <pre>
 *   dataWeight · base + conditionalWeight · F_c + (1 - dataWeight - conditionalWeight) · F_u
 * </pre>
 *
 * with the teacher's predictions {@code F_c = f(x_t, t, t, condition)} and {@code F_u = f(x_t, t,
 * t, null condition)}, for start times in {@code [start, end]}. The teacher is the moving average
 * of the network.
 *
 * @param dataWeight weight of the data; 1 in the paper
 * @param conditionalWeight weight of the conditional prediction, at least 0; 0.75 in the paper
 * @param start smallest raw start time that is guided; 0.3 in the paper
 * @param end largest raw start time that is guided; 0.8 in the paper
 * @param tangent direction of the time derivative
 */
public record GuidanceFreeTraining(
    double dataWeight, double conditionalWeight, double start, double end, Tangent tangent) {
  public GuidanceFreeTraining {
    Require.finite("dataWeight", dataWeight);
    Require.between("conditionalWeight", conditionalWeight, 0, Double.MAX_VALUE);
    Require.finite("start of the guided times", start);
    Require.between("end of the guided times", end, start, Double.MAX_VALUE);
    Require.present("tangent", tangent);
  }

  /** Returns the published settings. */
  public static GuidanceFreeTraining standard() {
    return new GuidanceFreeTraining(1, 0.75, 0.3, 0.8, Tangent.DATA);
  }

  /**
   * Returns the batch whose data and noise meet in the same {@code x_t} but have the guided base.
   *
   * <p>Adding {@code Δ} to the base while {@code x_t} stays adds {@code -σ Δ / D} to the data and
   * {@code α Δ / D} to the noise, {@code D = σ̂ α - α̂ σ}. The target of the returned batch is the
   * guided target, and the path through it has the guided velocity. Samples outside the guided
   * times are returned as they are.
   *
   * @param teacher the function that guides
   * @param batch the batch, with the <b>undropped</b> conditions; not changed
   * @param nullCondition null condition of each sample
   */
  public TransitionBatch guide(
      TransitionFunction teacher,
      Transport transport,
      TransitionBatch batch,
      INDArray nullCondition) {
    Require.sameShape("condition", batch.condition(), "nullCondition", nullCondition);
    double[] allTimes = batch.intervals().t();
    int[] guided =
        IntStream.range(0, allTimes.length)
            .filter(i -> allTimes[i] >= start && allTimes[i] <= end)
            .toArray();
    if (guided.length == 0) {
      return batch;
    }
    double[] t = IntStream.of(guided).mapToDouble(i -> allTimes[i]).toArray();
    INDArray x = SampleWise.pick(batch.x(), guided);
    INDArray noise = SampleWise.pick(batch.noise(), guided);
    INDArray change =
        change(
            teacher,
            transport,
            new Teaching(
                x,
                noise,
                t,
                SampleWise.pick(batch.condition(), guided),
                SampleWise.pick(nullCondition, guided)));
    double[] ofData = new double[t.length];
    double[] ofNoise = new double[t.length];
    for (int i = 0; i < t.length; i++) {
      PathCoefficients path = transport.path(t[i]);
      PredictionCoefficients p = transport.prediction(t[i]);
      double det = p.sigmaHat() * path.alpha() - p.alphaHat() * path.sigma();
      ofData[i] = -path.sigma() / det;
      ofNoise[i] = path.alpha() / det;
    }
    return new TransitionBatch(
        SampleWise.replace(batch.x(), guided, x.addi(SampleWise.scale(ofData, change))),
        SampleWise.replace(batch.noise(), guided, noise.addi(SampleWise.scale(ofNoise, change))),
        batch.intervals(),
        batch.condition());
  }

  /** What the teacher is asked about: the samples at guided times. */
  private record Teaching(
      INDArray x, INDArray noise, double[] t, INDArray condition, INDArray nullCondition) {}

  /** Returns the guided base minus the base. */
  private INDArray change(TransitionFunction teacher, Transport transport, Teaching samples) {
    double[] t = samples.t();
    double[] ofData = new double[t.length];
    double[] ofNoise = new double[t.length];
    for (int i = 0; i < t.length; i++) {
      PredictionCoefficients p = transport.prediction(t[i]);
      ofData[i] = (dataWeight - 1) * p.alphaHat();
      ofNoise[i] = (dataWeight - 1) * p.sigmaHat();
    }
    INDArray change = SampleWise.combine(ofData, samples.x(), ofNoise, samples.noise());
    INDArray state = transport.interpolate(samples.x(), samples.noise(), t);
    double nullWeight = 1 - dataWeight - conditionalWeight;
    if (conditionalWeight > 0) {
      change.addi(teacher.apply(state, t, t, samples.condition()).mul(conditionalWeight));
    }
    if (nullWeight != 0) {
      change.addi(teacher.apply(state, t, t, samples.nullCondition()).mul(nullWeight));
    }
    return change;
  }
}
