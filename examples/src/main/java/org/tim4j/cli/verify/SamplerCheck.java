package org.tim4j.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.objective.NetworkTransition;
import org.tim4j.objective.NullCondition;
import org.tim4j.objective.sampling.Guidance;
import org.tim4j.objective.sampling.SamplingMode;
import org.tim4j.objective.sampling.SamplingRequest;
import org.tim4j.objective.sampling.TransitionSampler;
import org.tim4j.objective.transport.Edm;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.TimeGrid;
import org.tim4j.objective.transport.TimeLaw;
import org.tim4j.objective.transport.Transport;
import org.tim4j.objective.transport.TrigFlow;
import org.tim4j.objective.transport.VeSde;
import org.tim4j.objective.transport.VpSde;

/** Trajectories of the sampler in double precision: steps, guidance, noise and all transports. */
final class SamplerCheck implements GoldenCheck {
  private static final String FILE = "sampler";
  private static final String WEIGHTS = "train_net.weights";
  private static final String NOISE = "otfm/steps=8/sde_noise";

  /** The authors' exp(l) - 1 cancels digits at small times. */
  private static final double VP_TOLERANCE = 1e-8;

  @Override
  public List<String> files() {
    return List.of(FILE, WEIGHTS);
  }

  @Override
  public List<CaseResult> run(GoldenFolder golden) {
    List<CaseResult> results = new ArrayList<>();
    try (GoldenFile file = golden.open(FILE);
        GoldenFile weights = golden.open(WEIGHTS)) {
      TimNetwork network = GoldenNetwork.load(weights, DataType.DOUBLE, TimRuntime.SAMEDIFF);
      for (Map.Entry<String, JsonNode> entry : file.json().get("cases").properties()) {
        if (entry.getValue().isObject()) {
          results.add(trajectory(file, entry.getKey(), entry.getValue(), network));
        }
      }
    }
    return results;
  }

  private static CaseResult trajectory(
      GoldenFile file, String name, JsonNode settings, TimNetwork network) {
    String transportName = name.substring(0, name.indexOf('/'));
    Transport transport = transport(transportName);
    List<INDArray> states =
        new TransitionSampler(new NetworkTransition(network, transport), transport)
            .sample(request(file, settings, network))
            .states();
    INDArray expected = file.array(name, DataType.DOUBLE);
    double tolerance = transportName.equals("vp") ? VP_TOLERANCE : Precision.DOUBLE.tolerance();
    Case result = new Case(FILE, name, Precision.DOUBLE, tolerance);
    result.compare("number of states", expected.size(0), states.size());
    for (int step = 0; step < states.size(); step++) {
      result.compare(
          "state " + step, expected.slice(step).dup().data().asDouble(), states.get(step));
    }
    return result.result();
  }

  private static SamplingRequest request(GoldenFile file, JsonNode settings, TimNetwork network) {
    INDArray classes = GoldenNetwork.condition(file, "y", DataType.DOUBLE);
    SamplingRequest.Builder builder =
        SamplingRequest.fromStart(0, file.array("z", DataType.DOUBLE))
            .times(
                TimeGrid.linear(
                    settings.get("T_max").asDouble(),
                    settings.get("T_min").asDouble(),
                    settings.get("num_steps").asInt()))
            .condition(classes)
            .keepStates();
    double scale = settings.path("cfg_scale").asDouble(1);
    if (scale > 1) {
      builder.guidance(
          new Guidance(
              scale, settings.get("cfg_low").asDouble(), settings.get("cfg_high").asDouble()),
          NullCondition.like(network.config().condition(), classes));
    }
    if (settings.has("sample_type")) {
      builder.mode(SamplingMode.DIFFUSION);
    }
    if (settings.has("stochasticity_ratio")) {
      INDArray noise = file.array(NOISE, DataType.DOUBLE);
      builder
          .stochasticity(settings.get("stochasticity_ratio").asDouble())
          .noise(step -> noise.slice(step - 1));
    }
    return builder.build();
  }

  private static Transport transport(String name) {
    return switch (name) {
      case "otfm" -> OtFlowMatching.standard();
      case "trigflow" -> TrigFlow.standard();
      case "edm_sd1" -> new Edm(new TimeLaw.LogNormal(-1.2, 1.2), 1);
      case "vp" -> VpSde.standard();
      case "ve" -> VeSde.standard();
      default -> throw new InvalidInputException("no transport is known by the name " + name);
    };
  }
}
