package org.tim4j.objective.transport;

import static org.tim4j.objective.Golden.array;
import static org.tim4j.objective.Golden.assertClose;

import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.weights.SafetensorsFile;
import org.tim4j.objective.Golden;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.TransitionFunction;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.loss.GuidanceFreeTraining;
import org.tim4j.objective.loss.StateTransitionTarget;
import org.tim4j.objective.loss.Tangent;
import org.tim4j.objective.oracle.GaussianOracle;

/** Every case of the golden file of the transports, in double precision. */
class TransportGoldenTest {
  private static final double TOLERANCE = 1e-9;
  private static final Map<String, Transport> TRANSPORTS =
      Map.of(
          "OT_FM", new OtFlowMatching(new TimeLaw.LogitNormal(-0.4, 1), 1),
          "TrigFlow", TrigFlow.standard(),
          "EDM_sd0.5_official", EdmOfficial.standard(),
          "EDM_sd0.5_corrected", Edm.standard(),
          "EDM_sd1", new Edm(new TimeLaw.LogNormal(-1.2, 1.2), 1),
          "VP_SDE", VpSde.standard(),
          "VE_SDE", VeSde.standard());

  private static SafetensorsFile file;

  @BeforeAll
  static void open() {
    file = Golden.open("transports");
  }

  @AfterAll
  static void close() {
    file.close();
  }

  static Stream<String> names() {
    return TRANSPORTS.keySet().stream().sorted();
  }

  static Stream<String> namesWithOracle() {
    return names().filter(name -> file.contains(name + "/gauss_t"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void coefficients(String name) {
    Transport transport = TRANSPORTS.get(name);
    double[] t = file.doubles(name + "/t");
    double[] r = file.doubles(name + "/r");
    compare(name + "/alpha", t, time -> transport.path(time).alpha());
    compare(name + "/sigma", t, time -> transport.path(time).sigma());
    compare(name + "/d_alpha", t, time -> transport.path(time).dAlpha());
    compare(name + "/d_sigma", t, time -> transport.path(time).dSigma());
    compare(name + "/c_noise_t", t, transport::cNoise);
    TransitionCoefficients[] steps =
        IntStream.range(0, t.length)
            .mapToObj(i -> transport.transition(t[i], r[i]))
            .toArray(TransitionCoefficients[]::new);
    compare(name + "/A", steps, TransitionCoefficients::a);
    compare(name + "/B", steps, TransitionCoefficients::b);
    compare(name + "/B_over_dB", steps, TransitionCoefficients::q);
  }

  @ParameterizedTest
  @MethodSource("names")
  void statesAndTargets(String name) {
    Transport transport = TRANSPORTS.get(name);
    TransitionBatch batch = batch(name, null);
    double[] t = batch.intervals().t();
    double[] r = batch.intervals().r();
    INDArray xt = transport.interpolate(batch.x(), batch.noise(), t);
    assertClose("x_t", array(file, name + "/x_t"), xt, TOLERANCE);
    assertClose(
        "v_t",
        array(file, name + "/v_t"),
        transport.velocity(batch.x(), batch.noise(), t),
        TOLERANCE);
    assertClose(
        "x_r",
        array(file, name + "/x_r"),
        transport.transit(xt, array(file, name + "/F"), t, r),
        TOLERANCE);
    assertClose(
        "target",
        array(file, name + "/target"),
        StateTransitionTarget.of(transport, batch, array(file, name + "/dF")),
        TOLERANCE);
    if (file.contains(name + "/x_r_sde")) {
      INDArray stochastic =
          transport.stochasticTransit(
              xt,
              array(file, name + "/F"),
              t,
              r,
              file.doubles(name + "/sde_s_ratio")[0],
              array(file, name + "/sde_noise"));
      assertClose("x_r_sde", array(file, name + "/x_r_sde"), stochastic, TOLERANCE);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void enhancedTarget(String name) {
    if (!file.contains(name + "/target_enhanced")) {
      return;
    }
    Transport transport = TRANSPORTS.get(name);
    double[] settings = file.doubles(name + "/w_gt_wcond_wstart_wend");
    GuidanceFreeTraining guidance =
        new GuidanceFreeTraining(settings[0], settings[1], settings[2], settings[3], Tangent.DATA);
    INDArray conditional = array(file, name + "/F_cond");
    INDArray free = array(file, name + "/F_uncond");
    int rows = (int) conditional.size(0);
    // The condition of a sample is its row, so that the teacher finds its golden prediction.
    INDArray row = Nd4j.createFromArray(IntStream.range(0, rows).asDoubleStream().toArray());
    INDArray condition = row.reshape(rows, 1);
    INDArray nullCondition = condition.add(rows);
    TransitionFunction teacher =
        (x, t, r, c) -> {
          INDArray all = Nd4j.concat(0, conditional, free);
          return Nd4j.pullRows(all, 1, Arrays.stream(c.data().asInt()).toArray());
        };
    TransitionBatch batch = batch(name, condition);
    TransitionBatch guided = guidance.guide(teacher, transport, batch, nullCondition);
    assertClose(
        "enhanced target",
        array(file, name + "/target_enhanced"),
        StateTransitionTarget.of(transport, guided, array(file, name + "/dF")),
        TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("namesWithOracle")
  void exactGaussian(String name) {
    double[] moments = file.doubles(name + "/gauss_mu_s");
    GaussianOracle oracle = new GaussianOracle(moments[0], moments[1], TRANSPORTS.get(name));
    double[] t = file.doubles(name + "/gauss_t");
    double[] r = file.doubles(name + "/gauss_r");
    INDArray xt = array(file, name + "/gauss_x_t").reshape(t.length, 1);
    assertClose("E[x]", array(file, name + "/gauss_E_x"), oracle.expectedData(xt, t), TOLERANCE);
    assertClose("E[z]", array(file, name + "/gauss_E_z"), oracle.expectedNoise(xt, t), TOLERANCE);
    assertClose("f*", array(file, name + "/gauss_fstar"), oracle.apply(xt, t, r, null), TOLERANCE);
    assertClose(
        "df/dt", array(file, name + "/gauss_dfdt"), oracle.timeDerivative(xt, t, r), TOLERANCE);
    assertClose("x_r", array(file, name + "/gauss_x_r"), oracle.flow(xt, t, r), TOLERANCE);
  }

  private static TransitionBatch batch(String name, INDArray condition) {
    return new TransitionBatch(
        array(file, name + "/x"),
        array(file, name + "/z"),
        new Intervals(file.doubles(name + "/t"), file.doubles(name + "/r"), 0),
        condition);
  }

  private static void compare(String field, double[] times, DoubleUnaryOperator actual) {
    assertClose(field, file.doubles(field), Arrays.stream(times).map(actual).toArray(), TOLERANCE);
  }

  private static void compare(
      String field,
      TransitionCoefficients[] steps,
      ToDoubleFunction<TransitionCoefficients> actual) {
    assertClose(
        field, file.doubles(field), Arrays.stream(steps).mapToDouble(actual).toArray(), TOLERANCE);
  }
}
