package org.tim4j.objective.reference;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimOutput;
import org.tim4j.layers.reference.CaseResult;
import org.tim4j.layers.reference.Comparison;
import org.tim4j.layers.reference.Precision;
import org.tim4j.layers.reference.ReferenceFile;
import org.tim4j.layers.reference.ReferenceNetwork;
import org.tim4j.objective.NetworkTransition;
import org.tim4j.objective.NullCondition;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.derivative.FiniteDifference;
import org.tim4j.objective.derivative.ForwardModeDerivative;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.loss.DirectionalPart;
import org.tim4j.objective.loss.GuidanceFreeTraining;
import org.tim4j.objective.loss.SampleScale;
import org.tim4j.objective.loss.StateTransitionTarget;
import org.tim4j.objective.loss.TransitionLoss;
import org.tim4j.objective.loss.TransitionLossValue;
import org.tim4j.objective.training.BatchDraw;
import org.tim4j.objective.training.DerivativeSettings;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TransitionGradient;
import org.tim4j.objective.transport.Transport;

/**
 * One training step of a reference file, and its cases.
 *
 * @param file holds the step
 * @param network that is trained
 * @param transport named by the file
 * @param draw the batch, with its alignment features
 */
record TrainingStep(ReferenceFile file, TimNetwork network, Transport transport, BatchDraw draw) {
  private static final String DERIVATIVE = "dF_dde_eps=";

  /** A finite difference this narrow loses digits in the authors' numbers and in ours. */
  private static final double NARROW = 1e-5;

  private static final double NARROW_TOLERANCE = 1e-6;

  static TrainingStep of(ReferenceFile file, TimNetwork network) {
    Transport transport =
        ReferenceTransports.of(
            file.description().text("transport"), file.description().object("transport_params"));
    return new TrainingStep(file, network, transport, ReferenceBatch.of(file, "", network));
  }

  private TransitionBatch batch() {
    return draw.batch();
  }

  private NetworkTransition function() {
    return new NetworkTransition(network, transport);
  }

  CaseResult prediction() {
    double[] t = batch().intervals().t();
    INDArray state = transport.interpolate(batch().x(), batch().noise(), t);
    TimOutput output =
        network.forward(function().input(state, t, batch().intervals().r(), batch().condition()));
    Comparison result = comparison("prediction");
    compare(result, "x_t", state);
    compare(result, "v_t", transport.velocity(batch().x(), batch().noise(), t));
    compare(result, "F_pred", output.prediction());
    compare(result, "h_proj", output.features());
    return result.result();
  }

  List<CaseResult> derivatives() {
    List<CaseResult> results = new ArrayList<>();
    for (String key : file.keys()) {
      if (key.matches(DERIVATIVE + "\\d*\\.?\\d+([eE]-?\\d+)?")) {
        double epsilon = Double.parseDouble(key.substring(DERIVATIVE.length()));
        double tolerance = epsilon <= NARROW ? NARROW_TOLERANCE : Precision.DOUBLE.tolerance();
        Comparison result =
            new Comparison(file.name(), "dde " + epsilon, Precision.DOUBLE, tolerance);
        compare(
            result, key, FiniteDifference.withEpsilon(epsilon).of(function(), transport, batch()));
        results.add(result.result());
      }
    }
    Comparison exact = comparison("jvp");
    compare(exact, "dF_jvp", new ForwardModeDerivative().of(function(), transport, batch()));
    results.add(exact.result());
    return results;
  }

  CaseResult loss(DerivativeSettings.Method method, DirectionalPart part) {
    String derivative = method == DerivativeSettings.Method.DDE ? "dde" : "jvp";
    String prefix = derivative + (part == DirectionalPart.NONE ? "/dir=0/" : "/dir=1/");
    TrainingConfig config = config(method, part).build();
    TransitionGradient.Value value = new TransitionGradient(network, config).of(draw, null);
    TransitionLossValue loss = value.transition();
    INDArray timeDerivative = config.derivative().create().of(function(), transport, batch());
    Comparison result = comparison(prefix + "loss");
    compare(
        result,
        derivative + "/F_target",
        StateTransitionTarget.of(transport, batch(), timeDerivative));
    result.compare(
        derivative + "/mse_per_sample",
        perSample(derivative + "/mse_per_sample"),
        loss.squaredError());
    if (part != DirectionalPart.NONE) {
      result.compare(
          derivative + "/dir_loss_per_sample",
          perSample(derivative + "/dir_loss_per_sample"),
          loss.directional());
    }
    double[] distances = new double[batch().intervals().size()];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = loss.distance(i);
    }
    return result
        .compare(
            "denoising_loss_per_sample", perSample(prefix + "denoising_loss_per_sample"), distances)
        .compare("weight_time", perSample(prefix + "weight_time"), loss.intervalWeight())
        .compare("weight_adaptive", perSample(prefix + "weight_adaptive"), loss.sampleScale())
        .compare("weighted_loss", file.number(prefix + "weighted_loss"), loss.weighted())
        .compare("proj_loss", file.number(prefix + "proj_loss"), value.alignment())
        .compare(
            "total_loss", file.number(prefix + "total_loss"), loss.weighted() + value.alignment())
        .result();
  }

  CaseResult gradient(ReferenceFile expected) {
    TrainingConfig config = config(DerivativeSettings.Method.DDE, DirectionalPart.CHANNELS).build();
    INDArray gradient = new TransitionGradient(network, config).of(draw, null).gradient();
    Comparison result = new Comparison(expected.name(), "every parameter", Precision.DOUBLE);
    result.compare(
        "grad_norm", file.number("dde/dir=1/grad_norm"), gradient.norm2Number().doubleValue());
    ReferenceNetwork.official(network, gradient)
        .forEach(
            (key, values) -> result.compare(key, expected.doubles(key, values.shape()), values));
    return result.result();
  }

  /** Guidance-free training with a scaled copy of the network as the teacher. */
  CaseResult guided() {
    TimNetwork teacher = network.copy();
    teacher.parameters().muli(file.number("enh/ema_scale"));
    NetworkTransition guide = new NetworkTransition(teacher, transport);
    GuidanceFreeTraining guidance = new Remarks(file.description()).guidance();
    double[] t = batch().intervals().t();
    INDArray state = transport.interpolate(batch().x(), batch().noise(), t);
    INDArray undropped =
        ReferenceBatch.condition(file, "enh/y_undropped", network, batch().intervals().size());
    INDArray nulls = NullCondition.like(network.config().condition(), undropped);
    TransitionBatch whole =
        new TransitionBatch(batch().x(), batch().noise(), batch().intervals(), undropped);
    TransitionGradient.Value value =
        new TransitionGradient(
                network,
                config(DerivativeSettings.Method.DDE, DirectionalPart.CHANNELS)
                    .guidance(guidance)
                    .build())
            .of(new BatchDraw(batch(), undropped, draw.features()), teacher);
    Comparison result = comparison("guidance");
    compare(result, "F_cond", "enh/F_cond", guide.apply(state, t, t, undropped));
    compare(result, "F_uncond", "enh/F_uncond", guide.apply(state, t, t, nulls));
    compare(
        result,
        "F_target",
        "enh/F_target",
        StateTransitionTarget.of(
            transport,
            guidance.guide(guide, transport, whole, nulls),
            FiniteDifference.withEpsilon(epsilon()).of(function(), transport, batch())));
    return result
        .compare("weighted_loss", file.number("enh/weighted_loss"), value.transition().weighted())
        .result();
  }

  private double epsilon() {
    return new Remarks(file.description()).epsilon();
  }

  private TrainingConfig.Builder config(DerivativeSettings.Method method, DirectionalPart part) {
    IntervalWeighting weighting = ReferenceWeightings.of(file.description().object("schedule"));
    return TrainingConfig.builder()
        .transport(transport)
        .derivative(new DerivativeSettings(method, epsilon()))
        .loss(new TransitionLoss(weighting, part, SampleScale.ADAPTIVE));
  }

  private Comparison comparison(String name) {
    return new Comparison(file.name(), name, Precision.DOUBLE);
  }

  private void compare(Comparison result, String key, INDArray actual) {
    compare(result, key, key, actual);
  }

  private void compare(Comparison result, String label, String key, INDArray actual) {
    result.compare(label, file.doubles(key, actual.shape()), actual);
  }

  private double[] perSample(String key) {
    return file.doubles(key, batch().intervals().size());
  }
}
