package org.tim4j.objective.reference;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.reference.CaseResult;
import org.tim4j.layers.reference.Comparison;
import org.tim4j.layers.reference.Precision;
import org.tim4j.layers.reference.ReferenceFile;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.TransitionFunction;
import org.tim4j.objective.array.SampleWise;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.loss.GuidanceFreeTraining;
import org.tim4j.objective.loss.StateTransitionTarget;
import org.tim4j.objective.loss.Tangent;
import org.tim4j.objective.oracle.GaussianOracle;
import org.tim4j.objective.transport.PathCoefficients;
import org.tim4j.objective.transport.TransitionCoefficients;
import org.tim4j.objective.transport.Transport;

/**
 * The arrays of one transport: coefficients {@code [pairs]} and states {@code [pairs, values]} of
 * pairs of times.
 *
 * @param file holds the arrays
 * @param name of the transport, before the arrays' names
 * @param transport what is compared
 * @param intervals start and target time of each pair
 * @param width values of a state
 */
record TransportCase(
    ReferenceFile file, String name, Transport transport, Intervals intervals, long width) {
  static TransportCase of(ReferenceFile file, String name, Transport transport) {
    double[] t = file.doubles(name + "/t", ReferenceFile.ANY);
    return new TransportCase(
        file,
        name,
        transport,
        new Intervals(t, file.doubles(name + "/r", t.length), 0),
        file.shape(name + "/x", 2)[1]);
  }

  CaseResult compare() {
    Comparison result = new Comparison(file.name(), name, Precision.DOUBLE);
    compareCoefficients(result);
    double[] t = intervals.t();
    double[] r = intervals.r();
    TransitionBatch batch = new TransitionBatch(states("x"), states("z"), intervals, null);
    compare(result, "x_t", transport.interpolate(batch.x(), batch.noise(), t));
    compare(result, "v_t", transport.velocity(batch.x(), batch.noise(), t));
    compare(result, "x_r", transport.transit(states("x_t"), states("F"), t, r));
    compare(result, "target", StateTransitionTarget.of(transport, batch, states("dF")));
    if (hasAny("F_cond", "F_uncond", "w_gt_wcond_wstart_wend", "target_enhanced")) {
      compareGuidedTarget(result, batch);
    }
    if (hasAny("sde_noise", "sde_s_ratio", "x_r_sde")) {
      double ratio = file.number(name + "/sde_s_ratio");
      compare(
          result,
          "x_r_sde",
          transport.stochasticTransit(
              states("x_t"), states("F"), t, r, ratio, states("sde_noise")));
    }
    if (file.hasAny(name + "/gauss_")) {
      compareGaussian(result);
    }
    return result.result();
  }

  private void compareCoefficients(Comparison result) {
    result
        .compare("alpha", numbers("alpha"), path(PathCoefficients::alpha))
        .compare("sigma", numbers("sigma"), path(PathCoefficients::sigma))
        .compare("d_alpha", numbers("d_alpha"), path(PathCoefficients::dAlpha))
        .compare("d_sigma", numbers("d_sigma"), path(PathCoefficients::dSigma))
        .compare(
            "c_noise_t",
            numbers("c_noise_t"),
            Arrays.stream(intervals.t()).map(transport::cNoise).toArray())
        .compare("A", numbers("A"), transition(TransitionCoefficients::a))
        .compare("B", numbers("B"), transition(TransitionCoefficients::b))
        .compare("B_over_dB", numbers("B_over_dB"), transition(TransitionCoefficients::q));
  }

  /**
   * Rows of the two given predictions stand in for a teacher: the condition says which one a sample
   * gets.
   */
  private void compareGuidedTarget(Comparison result, TransitionBatch batch) {
    int rows = intervals.size();
    INDArray predictions = Nd4j.concat(0, states("F_cond"), states("F_uncond"));
    TransitionFunction teacher =
        (x, t, r, condition) -> SampleWise.pick(predictions, condition.toIntVector());
    INDArray conditional = Nd4j.arange(rows).castTo(DataType.DOUBLE).reshape(rows, 1);
    double[] settings = file.doubles(name + "/w_gt_wcond_wstart_wend", 4);
    TransitionBatch guided =
        new GuidanceFreeTraining(settings[0], settings[1], settings[2], settings[3], Tangent.DATA)
            .guide(
                teacher,
                transport,
                new TransitionBatch(batch.x(), batch.noise(), intervals, conditional),
                conditional.add(rows));
    compare(result, "target_enhanced", StateTransitionTarget.of(transport, guided, states("dF")));
  }

  /**
   * Gaussian data have an exact prediction; the target at the exact prediction is the prediction
   * itself, and it leads to the exact state.
   */
  private void compareGaussian(Comparison result) {
    double[] t = file.doubles(name + "/gauss_t", ReferenceFile.ANY);
    Gaussian gaussian = new Gaussian(t.length);
    double[] r = gaussian.numbers("r");
    double[] moments = file.doubles(name + "/gauss_mu_s", 2);
    INDArray x = gaussian.column("x_t");
    GaussianOracle oracle = new GaussianOracle(moments[0], moments[1], transport);
    INDArray data = gaussian.column("E_x");
    INDArray noise = gaussian.column("E_z");
    result
        .compare("gauss_fstar", gaussian.numbers("fstar"), oracle.apply(x, t, r, null))
        .compare("gauss_dfdt", gaussian.numbers("dfdt"), oracle.timeDerivative(x, t, r))
        .compare("gauss_E_x", gaussian.numbers("E_x"), oracle.expectedData(x, t))
        .compare("gauss_E_z", gaussian.numbers("E_z"), oracle.expectedNoise(x, t))
        .compare("gauss_v_t", gaussian.numbers("v_t"), transport.velocity(data, noise, t))
        .compare("gauss_x_r by flow", gaussian.numbers("x_r"), oracle.flow(x, t, r))
        .compare(
            "target at gauss_fstar",
            gaussian.numbers("fstar"),
            StateTransitionTarget.of(
                transport,
                new TransitionBatch(data, noise, new Intervals(t, r, 0), null),
                gaussian.column("dfdt")))
        .compare(
            "gauss_x_r by transition",
            gaussian.numbers("x_r"),
            transport.transit(x, gaussian.column("fstar"), t, r));
  }

  /** The arrays about Gaussian data, one number for each of so many pairs of times. */
  private final class Gaussian {
    private final int pairs;

    Gaussian(int pairs) {
      this.pairs = pairs;
    }

    double[] numbers(String field) {
      return file.doubles(name + "/gauss_" + field, pairs);
    }

    INDArray column(String field) {
      return file.column(name + "/gauss_" + field, DataType.DOUBLE, pairs);
    }
  }

  private boolean hasAny(String... fields) {
    return Arrays.stream(fields).anyMatch(field -> file.has(name + "/" + field));
  }

  private double[] numbers(String field) {
    return file.doubles(name + "/" + field, intervals.size());
  }

  private INDArray states(String field) {
    return file.array(name + "/" + field, DataType.DOUBLE, intervals.size(), width);
  }

  private void compare(Comparison result, String field, INDArray actual) {
    result.compare(field, file.doubles(name + "/" + field, intervals.size(), width), actual);
  }

  private double[] path(ToDoubleFunction<PathCoefficients> coefficient) {
    return Arrays.stream(intervals.t())
        .map(time -> coefficient.applyAsDouble(transport.path(time)))
        .toArray();
  }

  private double[] transition(ToDoubleFunction<TransitionCoefficients> coefficient) {
    double[] t = intervals.t();
    double[] r = intervals.r();
    return IntStream.range(0, t.length)
        .mapToDouble(i -> coefficient.applyAsDouble(transport.transition(t[i], r[i])))
        .toArray();
  }
}
