package org.tim4j.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.TransitionFunction;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.loss.GuidanceFreeTraining;
import org.tim4j.objective.loss.StateTransitionTarget;
import org.tim4j.objective.loss.Tangent;
import org.tim4j.objective.oracle.GaussianOracle;
import org.tim4j.objective.transport.PathCoefficients;
import org.tim4j.objective.transport.TransitionCoefficients;
import org.tim4j.objective.transport.Transport;

/** Paths and transitions of every transport over a grid of times. */
final class TransportsCheck implements GoldenCheck {
  private static final String FILE = "transports";

  @Override
  public List<String> files() {
    return List.of(FILE);
  }

  @Override
  public List<CaseResult> run(GoldenFolder golden) {
    List<CaseResult> results = new ArrayList<>();
    try (GoldenFile file = golden.open(FILE)) {
      for (Map.Entry<String, JsonNode> entry : file.json().get("params").properties()) {
        String name = entry.getKey();
        results.add(new Grid(file, name, GoldenTransports.of(name, entry.getValue())).check());
      }
    }
    return results;
  }

  /** The arrays of one transport. */
  private record Grid(GoldenFile file, String name, Transport transport) {
    CaseResult check() {
      Case result = new Case(FILE, name, Precision.DOUBLE);
      double[] t = numbers("t");
      double[] r = numbers("r");
      result
          .compare("alpha", numbers("alpha"), path(t, PathCoefficients::alpha))
          .compare("sigma", numbers("sigma"), path(t, PathCoefficients::sigma))
          .compare("d_alpha", numbers("d_alpha"), path(t, PathCoefficients::dAlpha))
          .compare("d_sigma", numbers("d_sigma"), path(t, PathCoefficients::dSigma))
          .compare(
              "c_noise_t", numbers("c_noise_t"), Arrays.stream(t).map(transport::cNoise).toArray())
          .compare("A", numbers("A"), transition(t, r, TransitionCoefficients::a))
          .compare("B", numbers("B"), transition(t, r, TransitionCoefficients::b))
          .compare("B_over_dB", numbers("B_over_dB"), transition(t, r, TransitionCoefficients::q))
          .compare("x_t", numbers("x_t"), transport.interpolate(array("x"), array("z"), t))
          .compare("v_t", numbers("v_t"), transport.velocity(array("x"), array("z"), t))
          .compare("x_r", numbers("x_r"), transport.transit(array("x_t"), array("F"), t, r));
      TransitionBatch batch =
          new TransitionBatch(array("x"), array("z"), new Intervals(t, r, 0), null);
      result.compare(
          "target", numbers("target"), StateTransitionTarget.of(transport, batch, array("dF")));
      if (has("target_enhanced")) {
        compareGuidedTarget(result, batch);
      }
      if (has("x_r_sde")) {
        double ratio = numbers("sde_s_ratio")[0];
        result.compare(
            "x_r_sde",
            numbers("x_r_sde"),
            transport.stochasticTransit(array("x_t"), array("F"), t, r, ratio, array("sde_noise")));
      }
      if (has("gauss_t")) {
        compareGaussian(result);
      }
      return result.result();
    }

    /**
     * Rows of the two given predictions stand in for a teacher: the condition says which one a
     * sample gets.
     */
    private void compareGuidedTarget(Case result, TransitionBatch batch) {
      int rows = batch.intervals().size();
      INDArray predictions = Nd4j.concat(0, array("F_cond"), array("F_uncond"));
      TransitionFunction teacher =
          (x, t, r, condition) -> Nd4j.pullRows(predictions, 1, condition.toIntVector());
      INDArray conditional = Nd4j.arange(rows).castTo(DataType.DOUBLE).reshape(rows, 1);
      double[] settings = numbers("w_gt_wcond_wstart_wend");
      TransitionBatch guided =
          new GuidanceFreeTraining(settings[0], settings[1], settings[2], settings[3], Tangent.DATA)
              .guide(
                  teacher,
                  transport,
                  new TransitionBatch(batch.x(), batch.noise(), batch.intervals(), conditional),
                  conditional.add(rows));
      result.compare(
          "target_enhanced",
          numbers("target_enhanced"),
          StateTransitionTarget.of(transport, guided, array("dF")));
    }

    /**
     * Gaussian data have an exact prediction; the target at the exact prediction is the prediction
     * itself, and it leads to the exact state.
     */
    private void compareGaussian(Case result) {
      double[] t = numbers("gauss_t");
      double[] r = numbers("gauss_r");
      double[] moments = numbers("gauss_mu_s");
      INDArray x = column("gauss_x_t");
      GaussianOracle oracle = new GaussianOracle(moments[0], moments[1], transport);
      TransitionBatch expected =
          new TransitionBatch(
              column("gauss_E_x"), column("gauss_E_z"), new Intervals(t, r, 0), null);
      result
          .compare("gauss_fstar", numbers("gauss_fstar"), oracle.apply(x, t, r, null))
          .compare("gauss_dfdt", numbers("gauss_dfdt"), oracle.timeDerivative(x, t, r))
          .compare("gauss_E_x", numbers("gauss_E_x"), oracle.expectedData(x, t))
          .compare("gauss_x_r by flow", numbers("gauss_x_r"), oracle.flow(x, t, r))
          .compare(
              "target at gauss_fstar",
              numbers("gauss_fstar"),
              StateTransitionTarget.of(transport, expected, column("gauss_dfdt")))
          .compare(
              "gauss_x_r by transition",
              numbers("gauss_x_r"),
              transport.transit(x, column("gauss_fstar"), t, r));
    }

    private boolean has(String field) {
      return file.has(name + "/" + field);
    }

    private INDArray column(String field) {
      INDArray values = array(field);
      return values.reshape(values.length(), 1);
    }

    private double[] numbers(String field) {
      return file.doubles(name + "/" + field);
    }

    private INDArray array(String field) {
      return file.array(name + "/" + field, DataType.DOUBLE);
    }

    private double[] path(double[] t, ToDoubleFunction<PathCoefficients> coefficient) {
      return Arrays.stream(t)
          .map(time -> coefficient.applyAsDouble(transport.path(time)))
          .toArray();
    }

    private double[] transition(
        double[] t, double[] r, ToDoubleFunction<TransitionCoefficients> coefficient) {
      return IntStream.range(0, t.length)
          .mapToDouble(i -> coefficient.applyAsDouble(transport.transition(t[i], r[i])))
          .toArray();
    }
  }
}
