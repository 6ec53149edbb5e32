package org.tim4j.objective.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.interval.IntervalMeasure;
import org.tim4j.objective.interval.IntervalSampler;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.interval.TimeWarp;
import org.tim4j.objective.interval.WeightForm;
import org.tim4j.objective.loss.StateTransitionTarget;
import org.tim4j.objective.oracle.GaussianOracle;
import org.tim4j.objective.transport.Edm;
import org.tim4j.objective.transport.EdmOfficial;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.TimeLaw;
import org.tim4j.objective.transport.TransitionCoefficients;
import org.tim4j.objective.transport.Transport;
import org.tim4j.objective.transport.TrigFlow;
import org.tim4j.objective.transport.VeSde;
import org.tim4j.objective.transport.VpSde;

/** Writes the files of the method alone, without networks, in other sizes than the shared ones. */
final class MethodReferences {
  private final RandomArrays random;
  private final Map<String, Transport> transports = new LinkedHashMap<>();
  private final Map<String, ObjectNode> params = new LinkedHashMap<>();

  MethodReferences(RandomArrays random) {
    this.random = random;
    double mean = random.uniform(-1, 1);
    double std = random.uniform(0.5, 2);
    Edm wide = new Edm(new TimeLaw.LogNormal(mean, std), 0.8);
    Edm narrow = new Edm(new TimeLaw.LogNormal(mean, std), 0.3);
    add("OT_FM_wide", new OtFlowMatching(new TimeLaw.LogitNormal(mean, std), 0.7), mean, std);
    add("TrigFlow", new TrigFlow(new TimeLaw.ArctanLogNormal(mean, std), 0.9), mean, std);
    add("EDM_sd0.8_official", new EdmOfficial(wide), mean, std);
    add("EDM_sd0.3_corrected", narrow, mean, std);
    add("VP_SDE", new VpSde(0.2, 15, 1e-4, 500, 1.5))
        .put("beta_min", 0.2)
        .put("beta_d", 15)
        .put("epsilon_t", 1e-4)
        .put("T", 500);
    add("VE_SDE", new VeSde(0.05, 40, 2)).put("sigma_min", 0.05).put("sigma_max", 40);
  }

  private void add(String name, Transport transport, double mean, double std) {
    add(name, transport).put("P_mean", mean).put("P_std", std);
  }

  private ObjectNode add(String name, Transport transport) {
    ObjectNode node = new TensorFile().description;
    node.put("sigma_d", transport.sigmaData())
        .put("T_min", transport.tMin())
        .put("T_max", transport.tMax());
    transports.put(name, transport);
    params.put(name, node);
    return node;
  }

  void write(Path folder) throws IOException {
    transports().write(folder, "transports");
    times().write(folder, "time_sampling");
    weights().write(folder, "weights");
  }

  private TensorFile described() {
    TensorFile file = new TensorFile();
    file.description.putObject("params").setAll(params);
    return file;
  }

  private TensorFile transports() {
    TensorFile file = described();
    transports.forEach((name, transport) -> addTransport(file, name + "/", transport));
    return file;
  }

  private void addTransport(TensorFile file, String prefix, Transport transport) {
    int pairs = random.between(3, 12);
    int width = random.between(1, 7);
    Intervals intervals = intervals(transport, pairs, 0);
    double[] t = intervals.t();
    double[] r = intervals.r();
    INDArray x = random.doubles(pairs, width);
    INDArray z = random.doubles(pairs, width);
    INDArray f = random.doubles(pairs, width);
    INDArray df = random.doubles(pairs, width);
    INDArray state = transport.interpolate(x, z, t);
    file.f64(prefix + "t", t, pairs).f64(prefix + "r", r, pairs);
    file.f64(prefix + "x", x).f64(prefix + "z", z).f64(prefix + "F", f).f64(prefix + "dF", df);
    each(file, prefix + "alpha", t, time -> transport.path(time).alpha());
    each(file, prefix + "sigma", t, time -> transport.path(time).sigma());
    each(file, prefix + "d_alpha", t, time -> transport.path(time).dAlpha());
    each(file, prefix + "d_sigma", t, time -> transport.path(time).dSigma());
    each(file, prefix + "c_noise_t", t, transport::cNoise);
    pair(file, prefix + "A", transport, intervals, TransitionCoefficients::a);
    pair(file, prefix + "B", transport, intervals, TransitionCoefficients::b);
    pair(file, prefix + "B_over_dB", transport, intervals, TransitionCoefficients::q);
    file.f64(prefix + "x_t", state)
        .f64(prefix + "v_t", transport.velocity(x, z, t))
        .f64(prefix + "x_r", transport.transit(state, f, t, r))
        .f64(
            prefix + "target",
            StateTransitionTarget.of(transport, new TransitionBatch(x, z, intervals, null), df));
    if (transport instanceof OtFlowMatching) {
      INDArray noise = random.doubles(pairs, width);
      file.f64(prefix + "sde_noise", noise)
          .number(prefix + "sde_s_ratio", 0.35)
          .f64(prefix + "x_r_sde", transport.stochasticTransit(state, f, t, r, 0.35, noise));
    }
    if (!(transport instanceof EdmOfficial)) {
      addGaussian(file, prefix + "gauss_", transport, intervals(transport, pairs + 1, 0));
    }
  }

  private void addGaussian(
      TensorFile file, String prefix, Transport transport, Intervals intervals) {
    double[] t = intervals.t();
    double[] r = intervals.r();
    GaussianOracle oracle = new GaussianOracle(0.3, 0.6, transport);
    INDArray x = random.doubles(t.length, 1);
    INDArray data = oracle.expectedData(x, t);
    INDArray noise = oracle.expectedNoise(x, t);
    file.f64(prefix + "t", t, t.length).f64(prefix + "r", r, r.length);
    file.f64(prefix + "mu_s", new double[] {0.3, 0.6}, 2);
    flat(file, prefix + "x_t", x);
    flat(file, prefix + "E_x", data);
    flat(file, prefix + "E_z", noise);
    flat(file, prefix + "v_t", transport.velocity(data, noise, t));
    flat(file, prefix + "fstar", oracle.apply(x, t, r, null));
    flat(file, prefix + "dfdt", oracle.timeDerivative(x, t, r));
    flat(file, prefix + "x_r", oracle.flow(x, t, r));
  }

  private static void flat(TensorFile file, String key, INDArray column) {
    file.f64(key, column.reshape(column.length()));
  }

  private static void each(TensorFile file, String key, double[] t, DoubleUnaryOperator value) {
    file.f64(key, Arrays.stream(t).map(value).toArray(), t.length);
  }

  private static void pair(
      TensorFile file,
      String key,
      Transport transport,
      Intervals intervals,
      ToDoubleFunction<TransitionCoefficients> value) {
    double[] t = intervals.t();
    double[] r = intervals.r();
    file.f64(
        key,
        IntStream.range(0, t.length)
            .mapToDouble(i -> value.applyAsDouble(transport.transition(t[i], r[i])))
            .toArray(),
        t.length);
  }

  private Intervals intervals(Transport transport, int count, int diffusion) {
    double last = Math.min(transport.tMax(), 3) * 0.95;
    double[] t = random.uniforms(count, 0.2, last);
    double[] r = Arrays.stream(t).map(time -> time * random.uniform(0.2, 0.9)).toArray();
    System.arraycopy(t, 0, r, 0, diffusion);
    return new Intervals(t, r, diffusion);
  }

  private TensorFile times() {
    TensorFile file = described();
    transports.forEach(
        (name, transport) -> {
          double[] raw = draws(transport, random.between(1, 9));
          double[] t = Arrays.stream(raw).map(transport.timeLaw()::timeFromDraw).toArray();
          file.f64(name + "/raw", raw, raw.length).f64(name + "/t", t, t.length);
          each(file, name + "/c_noise", t, transport::cNoise);
        });
    ObjectNode cases = file.description.putObject("cases");
    for (int i = 0; i < 3; i++) {
      int batch = random.between(1, 12);
      double diffusion = random.uniform(0, 0.6);
      IntervalSampler sampler = new IntervalSampler(diffusion, 0.3);
      cases
          .putObject("other" + i)
          .put("batch", batch)
          .put("diffusion_ratio", diffusion)
          .put("consistency_ratio", 0.3);
      for (String name : new String[] {"VE_SDE", "TrigFlow"}) {
        Transport transport = transports.get(name);
        String prefix = "other" + i + "/" + name + "/";
        double[] first = draws(transport, batch);
        double[] second = draws(transport, batch);
        Intervals intervals = sampler.fromDraws(transport, first, second);
        file.f64(prefix + "raw1", first, batch)
            .f64(prefix + "raw2", second, batch)
            .f64(prefix + "t", intervals.t(), batch)
            .f64(prefix + "r", intervals.r(), batch)
            .i64(prefix + "n_diffusion", new double[] {Math.rint(diffusion * batch)}, 1);
      }
    }
    return file;
  }

  private double[] draws(Transport transport, int count) {
    return transport instanceof VpSde || transport instanceof VeSde
        ? random.uniforms(count, 0, 1)
        : random.gaussians(count);
  }

  private TensorFile weights() {
    TensorFile file = new TensorFile();
    Intervals intervals = intervals(OtFlowMatching.standard(), random.between(3, 9), 2);
    int count = intervals.size();
    file.f64("t", intervals.t(), count)
        .f64("r", intervals.r(), count)
        .i64("n_diffusion", new double[] {2}, 1);
    for (double sigma : new double[] {0.25, 3}) {
      for (TimeWarp warp : TimeWarp.values()) {
        String kind = "/" + warp.name().toLowerCase(Locale.ROOT) + "/t_minus_r";
        file.f64(
            "w/sd=" + sigma + "/square" + kind,
            new IntervalWeighting(WeightForm.POWER, -2, warp, IntervalMeasure.T_MINUS_R)
                .weights(intervals, sigma),
            count);
      }
    }
    double[] losses = random.uniforms(count + 2, 0, 4);
    file.f64("loss", losses, losses.length);
    return file.f64(
        "adaptive_weight",
        Arrays.stream(losses).map(loss -> 1 / (loss + 1e-5)).toArray(),
        losses.length);
  }
}
