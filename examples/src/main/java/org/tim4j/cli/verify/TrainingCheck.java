package org.tim4j.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimOutput;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.objective.NetworkTransition;
import org.tim4j.objective.NullCondition;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.derivative.FiniteDifference;
import org.tim4j.objective.derivative.ForwardModeDerivative;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.interval.TimeWarp;
import org.tim4j.objective.loss.DirectionalPart;
import org.tim4j.objective.loss.GuidanceFreeTraining;
import org.tim4j.objective.loss.SampleScale;
import org.tim4j.objective.loss.StateTransitionTarget;
import org.tim4j.objective.loss.TransitionLoss;
import org.tim4j.objective.training.BatchDraw;
import org.tim4j.objective.training.DerivativeSettings;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TransitionGradient;
import org.tim4j.objective.transport.Transport;

/**
 * One training step in double precision: derivatives, target, loss, guided target and the gradient
 * of every parameter.
 *
 * @param name {@code train_otfm} or {@code train_trigflow}
 */
record TrainingCheck(String name) implements GoldenCheck {
  private static final String WEIGHTS = "train_net.weights";
  private static final double EPSILON = 0.005;

  /** A finite difference this narrow loses digits in the authors' numbers and in ours. */
  private static final double NARROW = 1e-5;

  private static final double NARROW_TOLERANCE = 1e-6;

  @Override
  public List<String> files() {
    return List.of(name, name + ".grads", WEIGHTS);
  }

  @Override
  public List<CaseResult> run(GoldenFolder golden) {
    try (GoldenFile file = golden.open(name);
        GoldenFile gradients = golden.open(name + ".grads");
        GoldenFile weights = golden.open(WEIGHTS)) {
      return new Step(file, GoldenNetwork.load(weights, DataType.DOUBLE, TimRuntime.SAMEDIFF))
          .check(gradients);
    }
  }

  /** The step of one file. */
  private static final class Step {
    private final GoldenFile file;
    private final TimNetwork network;
    private final Transport transport;
    private final TransitionBatch batch;
    private final NetworkTransition function;

    Step(GoldenFile file, TimNetwork network) {
      this.file = file;
      this.network = network;
      transport =
          GoldenTransports.of(
              file.json().get("transport").asText(), file.json().get("transport_params"));
      batch =
          new TransitionBatch(
              array("x"),
              array("z"),
              new Intervals(file.doubles("t"), file.doubles("r"), file.integer("n_diffusion")),
              GoldenNetwork.condition(file, "y", DataType.DOUBLE));
      function = new NetworkTransition(network, transport);
    }

    List<CaseResult> check(GoldenFile gradients) {
      List<CaseResult> results = new ArrayList<>();
      results.add(prediction());
      results.addAll(derivatives());
      for (DerivativeSettings.Method method : DerivativeSettings.Method.values()) {
        for (DirectionalPart part : List.of(DirectionalPart.CHANNELS, DirectionalPart.NONE)) {
          results.add(loss(method, part));
        }
      }
      results.add(gradient(gradients));
      if (file.has("enh/F_target")) {
        results.add(guided());
      }
      return results;
    }

    private CaseResult prediction() {
      double[] t = batch.intervals().t();
      INDArray state = transport.interpolate(batch.x(), batch.noise(), t);
      TimOutput output =
          network.forward(function.input(state, t, batch.intervals().r(), batch.condition()));
      return new Case(file.name(), "prediction", Precision.DOUBLE)
          .compare("x_t", file.doubles("x_t"), state)
          .compare("v_t", file.doubles("v_t"), transport.velocity(batch.x(), batch.noise(), t))
          .compare("F_pred", file.doubles("F_pred"), output.prediction())
          .compare("h_proj", file.doubles("h_proj"), output.features())
          .result();
    }

    private List<CaseResult> derivatives() {
      List<CaseResult> results = new ArrayList<>();
      String prefix = "dF_dde_eps=";
      for (String key : file.keys()) {
        if (key.startsWith(prefix)) {
          double epsilon = Double.parseDouble(key.substring(prefix.length()));
          double tolerance = epsilon <= NARROW ? NARROW_TOLERANCE : Precision.DOUBLE.tolerance();
          results.add(
              new Case(file.name(), "dde " + epsilon, Precision.DOUBLE, tolerance)
                  .compare(
                      key,
                      file.doubles(key),
                      FiniteDifference.withEpsilon(epsilon).of(function, transport, batch))
                  .result());
        }
      }
      results.add(
          new Case(file.name(), "jvp", Precision.DOUBLE)
              .compare(
                  "dF_jvp",
                  file.doubles("dF_jvp"),
                  new ForwardModeDerivative().of(function, transport, batch))
              .result());
      return results;
    }

    private CaseResult loss(DerivativeSettings.Method method, DirectionalPart part) {
      String derivative = method == DerivativeSettings.Method.DDE ? "dde" : "jvp";
      String prefix = derivative + (part == DirectionalPart.NONE ? "/dir=0/" : "/dir=1/");
      TransitionGradient.Value value =
          new TransitionGradient(network, config(method, part).build()).of(draw(), null);
      double[] distances = new double[batch.intervals().size()];
      for (int i = 0; i < distances.length; i++) {
        distances[i] = value.transition().distance(i);
      }
      Case result =
          new Case(file.name(), prefix + "loss", Precision.DOUBLE)
              .compare(
                  derivative + "/F_target",
                  file.doubles(derivative + "/F_target"),
                  StateTransitionTarget.of(
                      transport,
                      batch,
                      config(method, part)
                          .build()
                          .derivative()
                          .create()
                          .of(function, transport, batch)))
              .compare(
                  derivative + "/mse_per_sample",
                  file.doubles(derivative + "/mse_per_sample"),
                  value.transition().squaredError());
      if (part != DirectionalPart.NONE) {
        result.compare(
            derivative + "/dir_loss_per_sample",
            file.doubles(derivative + "/dir_loss_per_sample"),
            value.transition().directional());
      }
      return result
          .compare(
              "denoising_loss_per_sample",
              file.doubles(prefix + "denoising_loss_per_sample"),
              distances)
          .compare(
              "weight_time",
              file.doubles(prefix + "weight_time"),
              value.transition().intervalWeight())
          .compare(
              "weight_adaptive",
              file.doubles(prefix + "weight_adaptive"),
              value.transition().sampleScale())
          .compare(
              "weighted_loss", file.scalar(prefix + "weighted_loss"), value.transition().weighted())
          .compare("proj_loss", file.scalar(prefix + "proj_loss"), value.alignment())
          .compare(
              "total_loss",
              file.scalar(prefix + "total_loss"),
              value.transition().weighted() + value.alignment())
          .result();
    }

    private CaseResult gradient(GoldenFile expected) {
      INDArray gradient =
          new TransitionGradient(
                  network, config(DerivativeSettings.Method.DDE, DirectionalPart.CHANNELS).build())
              .of(draw(), null)
              .gradient();
      Case result = new Case(expected.name(), "every parameter", Precision.DOUBLE);
      result.compare(
          "grad_norm", file.scalar("dde/dir=1/grad_norm"), gradient.norm2Number().doubleValue());
      GoldenNetwork.official(network, gradient)
          .forEach((key, values) -> result.compare(key, expected.doubles(key), values));
      return result.result();
    }

    /** Guidance-free training with a scaled copy of the network as the teacher. */
    private CaseResult guided() {
      TimNetwork teacher = network.copy();
      teacher.parameters().muli(file.scalar("enh/ema_scale"));
      NetworkTransition guide = new NetworkTransition(teacher, transport);
      GuidanceFreeTraining guidance = GuidanceFreeTraining.standard();
      double[] t = batch.intervals().t();
      INDArray state = transport.interpolate(batch.x(), batch.noise(), t);
      INDArray undropped = GoldenNetwork.condition(file, "enh/y_undropped", DataType.DOUBLE);
      INDArray nulls = NullCondition.like(network.config().condition(), undropped);
      TransitionBatch whole =
          new TransitionBatch(batch.x(), batch.noise(), batch.intervals(), undropped);
      TransitionGradient.Value value =
          new TransitionGradient(
                  network,
                  config(DerivativeSettings.Method.DDE, DirectionalPart.CHANNELS)
                      .guidance(guidance)
                      .build())
              .of(new BatchDraw(batch, undropped, array("h_target")), teacher);
      return new Case(file.name(), "guidance", Precision.DOUBLE)
          .compare("F_cond", file.doubles("enh/F_cond"), guide.apply(state, t, t, undropped))
          .compare("F_uncond", file.doubles("enh/F_uncond"), guide.apply(state, t, t, nulls))
          .compare(
              "F_target",
              file.doubles("enh/F_target"),
              StateTransitionTarget.of(
                  transport,
                  guidance.guide(guide, transport, whole, nulls),
                  FiniteDifference.withEpsilon(EPSILON).of(function, transport, batch)))
          .compare("weighted_loss", file.scalar("enh/weighted_loss"), value.transition().weighted())
          .result();
    }

    private BatchDraw draw() {
      return new BatchDraw(batch, batch.condition(), array("h_target"));
    }

    private TrainingConfig.Builder config(DerivativeSettings.Method method, DirectionalPart part) {
      return TrainingConfig.builder()
          .transport(transport)
          .derivative(new DerivativeSettings(method, EPSILON))
          .loss(
              new TransitionLoss(
                  weighting(file.json().get("schedule")), part, SampleScale.ADAPTIVE));
    }

    private INDArray array(String key) {
      return file.array(key, DataType.DOUBLE);
    }
  }

  private static IntervalWeighting weighting(JsonNode schedule) {
    return IntervalWeighting.power(
        WeightsCheck.exponent(schedule.get("weight_time_type").asText()),
        schedule.get("weight_time_tangent").asBoolean() ? TimeWarp.TANGENT : TimeWarp.NONE);
  }
}
