package org.tim4j.objective.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tim4j.objective.Golden.array;
import static org.tim4j.objective.Golden.assertClose;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.weights.SafetensorsFile;
import org.tim4j.objective.Golden;
import org.tim4j.objective.NetworkTransition;
import org.tim4j.objective.NullCondition;
import org.tim4j.objective.TrainNetwork;
import org.tim4j.objective.transport.Edm;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.TimeGrid;
import org.tim4j.objective.transport.TimeLaw;
import org.tim4j.objective.transport.Transport;
import org.tim4j.objective.transport.TrigFlow;
import org.tim4j.objective.transport.VeSde;
import org.tim4j.objective.transport.VpSde;

/** Every trajectory of the authors' sampler, in double precision. */
class SamplerGoldenTest {
  private static SafetensorsFile file;
  private static TimNetwork network;

  @BeforeAll
  static void open() {
    file = Golden.open("sampler");
    network = TrainNetwork.load();
  }

  @AfterAll
  static void close() {
    file.close();
  }

  static Stream<String> trajectories() {
    return file.tensors().stream()
        .map(info -> info.name())
        .filter(name -> name.contains("/steps=") && !name.endsWith("_noise"));
  }

  private static Transport transport(String trajectory) {
    return switch (trajectory.substring(0, trajectory.indexOf('/'))) {
      case "otfm" -> OtFlowMatching.standard();
      case "trigflow" -> TrigFlow.standard();
      case "edm_sd1" -> new Edm(new TimeLaw.LogNormal(-1.2, 1.2), 1);
      case "vp" -> VpSde.standard();
      case "ve" -> VeSde.standard();
      default -> throw new AssertionError(trajectory);
    };
  }

  private static Guidance guidance(String trajectory) {
    if (trajectory.endsWith("cfg=full")) {
      return new Guidance(3, 0, 1);
    }
    if (trajectory.equals("otfm/steps=8/sde") || trajectory.matches("otfm/.*cfg=on")) {
      return new Guidance(2.5, 0, 0.6);
    }
    return trajectory.endsWith("cfg=on") ? new Guidance(1.75, 0.2, 0.9) : null;
  }

  @ParameterizedTest
  @MethodSource("trajectories")
  void everyStateOfTheTrajectory(String trajectory) {
    Transport transport = transport(trajectory);
    INDArray expected = array(file, trajectory);
    int steps = (int) expected.size(0) - 1;
    INDArray classes = array(file, "y").reshape(2, 1);
    SamplingRequest.Builder request =
        SamplingRequest.fromStart(0, array(file, "z"))
            .times(TimeGrid.linear(transport.tMax(), transport.tMin(), steps))
            .condition(classes)
            .keepStates();
    Guidance guidance = guidance(trajectory);
    if (guidance != null) {
      request.guidance(guidance, NullCondition.like(network.config().condition(), classes));
    }
    if (trajectory.endsWith("/diffusion")) {
      request.mode(SamplingMode.DIFFUSION);
    }
    if (trajectory.endsWith("/sde")) {
      INDArray noise = array(file, "otfm/steps=8/sde_noise");
      // The file holds the draws in their order; the first is that of the second step.
      request.stochasticity(0.2).noise(step -> noise.slice(step - 1));
    }
    SamplingResult result =
        new TransitionSampler(new NetworkTransition(network, transport), transport)
            .sample(request.build());
    assertEquals(steps + 1, result.states().size());
    // The published exp(l) - 1 of the variance-preserving path cancels.
    double tolerance = trajectory.startsWith("vp") ? 1e-8 : 1e-9;
    for (int k = 0; k <= steps; k++) {
      assertClose(trajectory + " state " + k, expected.slice(k), result.states().get(k), tolerance);
    }
  }
}
