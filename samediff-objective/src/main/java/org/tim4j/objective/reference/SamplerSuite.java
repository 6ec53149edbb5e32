package org.tim4j.objective.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.json.JsonFields;
import org.tim4j.layers.reference.CaseResult;
import org.tim4j.layers.reference.Comparison;
import org.tim4j.layers.reference.Precision;
import org.tim4j.layers.reference.ReferenceFile;
import org.tim4j.layers.reference.ReferenceFolder;
import org.tim4j.layers.reference.ReferenceNetwork;
import org.tim4j.layers.reference.ReferenceSuite;
import org.tim4j.layers.weights.TensorType;
import org.tim4j.objective.NetworkTransition;
import org.tim4j.objective.NullCondition;
import org.tim4j.objective.sampling.Guidance;
import org.tim4j.objective.sampling.SamplingMode;
import org.tim4j.objective.sampling.SamplingRequest;
import org.tim4j.objective.sampling.TransitionSampler;
import org.tim4j.objective.transport.TimeGrid;
import org.tim4j.objective.transport.Transport;

/** Trajectories of the sampler in double precision: steps, guidance, noise and all transports. */
public final class SamplerSuite implements ReferenceSuite {
  private static final String FILE = "sampler";
  private static final String CASES = "cases";

  /** The draws of a trajectory with fresh noise stand beside it. */
  private static final String NOISE = "_noise";

  /** The authors' exp(l) - 1 cancels digits at small times. */
  private static final double CANCELLING_TOLERANCE = 1e-8;

  @Override
  public List<String> files() {
    return List.of(FILE, TrainingSuite.WEIGHTS);
  }

  @Override
  public List<CaseResult> run(ReferenceFolder folder) {
    List<CaseResult> results = new ArrayList<>();
    try (ReferenceFile file = folder.open(FILE, TensorType.F64);
        ReferenceFile weights = folder.open(TrainingSuite.WEIGHTS, TensorType.F64)) {
      TimNetwork network = ReferenceNetwork.load(weights, DataType.DOUBLE, TimRuntime.SAMEDIFF);
      for (String name : file.description().objects(CASES)) {
        JsonFields settings = file.description().object(CASES).object(name);
        results.add(new Trajectory(file, name, settings, network).compare());
      }
      file.requireAllRead();
    }
    return results;
  }

  /** One trajectory {@code [steps + 1, batch, channels, height, width]}, its start first. */
  private record Trajectory(
      ReferenceFile file, String name, JsonFields settings, TimNetwork network) {
    CaseResult compare() {
      if (name.indexOf('/') < 0) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT, "%s: the case %s has no transport before a slash", FILE, name));
      }
      String family = name.substring(0, name.indexOf('/'));
      Transport transport = ReferenceTransports.standard(family, settings);
      INDArray start =
          file.array(
              "z",
              DataType.DOUBLE,
              ReferenceFile.ANY,
              network.config().channels(),
              ReferenceFile.ANY,
              ReferenceFile.ANY);
      int steps = settings.count("num_steps");
      INDArray expected = file.array(name, DataType.DOUBLE, sequence(steps + 1L, start));
      List<INDArray> states =
          new TransitionSampler(new NetworkTransition(network, transport), transport)
              .sample(request(transport, start, steps))
              .states();
      double tolerance =
          ReferenceTransports.cancels(family) ? CANCELLING_TOLERANCE : Precision.DOUBLE.tolerance();
      Comparison result = new Comparison(FILE, name, Precision.DOUBLE, tolerance);
      result.compare("number of states", expected.size(0), states.size());
      for (int step = 0; step < states.size(); step++) {
        result.compare(
            "state " + step, expected.slice(step).dup().data().asDouble(), states.get(step));
      }
      return result.result();
    }

    private SamplingRequest request(Transport transport, INDArray start, int steps) {
      INDArray condition = ReferenceBatch.condition(file, "y", network, start.size(0));
      SamplingRequest.Builder builder =
          SamplingRequest.fromStart(0, start)
              .times(TimeGrid.linear(transport.tMax(), transport.tMin(), steps))
              .condition(condition)
              .keepStates();
      double scale = settings.optionalNumber("cfg_scale").orElse(1);
      if (scale > 1) {
        builder.guidance(
            new Guidance(scale, settings.number("cfg_low"), settings.number("cfg_high")),
            NullCondition.like(network.config().condition(), condition));
      }
      if (settings.has("sample_type")) {
        builder.mode(mode(settings.text("sample_type")));
      }
      double ratio = settings.optionalNumber("stochasticity_ratio").orElse(0);
      if (ratio != 0) {
        // The draws are in the order of their use; the first and the last step use none.
        INDArray noise = file.array(name + NOISE, DataType.DOUBLE, sequence(steps - 2L, start));
        builder.stochasticity(ratio).noise(step -> noise.slice(step - 1));
      }
      return builder.build();
    }

    /** The authors' keyword has a typing error. */
    private static SamplingMode mode(String name) {
      return switch (name) {
        case "transition" -> SamplingMode.TRANSITION;
        case "diffusion", "ddiffusion" -> SamplingMode.DIFFUSION;
        default -> throw new InvalidInputException("no sample_type is known by the name " + name);
      };
    }

    private static long[] sequence(long length, INDArray state) {
      long[] shape = state.shape();
      return new long[] {length, shape[0], shape[1], shape[2], shape[3]};
    }
  }
}
