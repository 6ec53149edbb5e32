package org.tim4j.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tim4j.objective.Golden.array;
import static org.tim4j.objective.Golden.assertClose;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimOutput;
import org.tim4j.layers.weights.SafetensorsFile;
import org.tim4j.layers.weights.TimWeights;
import org.tim4j.objective.array.Doubles;
import org.tim4j.objective.derivative.FiniteDifference;
import org.tim4j.objective.derivative.ForwardModeDerivative;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.interval.TimeWarp;
import org.tim4j.objective.loss.DirectionalPart;
import org.tim4j.objective.loss.GuidanceFreeTraining;
import org.tim4j.objective.loss.RepresentationAlignment;
import org.tim4j.objective.loss.SampleScale;
import org.tim4j.objective.loss.StateTransitionTarget;
import org.tim4j.objective.loss.TransitionLoss;
import org.tim4j.objective.loss.TransitionLossValue;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.TimeLaw;
import org.tim4j.objective.transport.Transport;
import org.tim4j.objective.transport.TrigFlow;

/** One training step of the authors' code, in double precision. */
class TrainingGoldenTest {
  private static final double TOLERANCE = 1e-9;

  /** The two steps that there are expected values for. */
  enum Step {
    OTFM(
        "train_otfm",
        new OtFlowMatching(new TimeLaw.LogitNormal(-0.4, 1), 1),
        IntervalWeighting.power(-0.5, TimeWarp.TANGENT)),
    TRIGFLOW("train_trigflow", TrigFlow.standard(), IntervalWeighting.power(-1, TimeWarp.TANGENT));

    private final String file;
    private final Transport transport;
    private final IntervalWeighting weighting;

    Step(String file, Transport transport, IntervalWeighting weighting) {
      this.file = file;
      this.transport = transport;
      this.weighting = weighting;
    }

    private TransitionLoss loss(DirectionalPart part) {
      return new TransitionLoss(weighting, part, SampleScale.ADAPTIVE);
    }

    private TransitionBatch batch(SafetensorsFile golden) {
      INDArray classes = array(golden, "y");
      return new TransitionBatch(
          array(golden, "x"),
          array(golden, "z"),
          new Intervals(
              golden.doubles("t"), golden.doubles("r"), (int) golden.longs("n_diffusion")[0]),
          classes.reshape(classes.length(), 1));
    }
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void derivativesTargetsAndLosses(Step step) {
    try (SafetensorsFile golden = Golden.open(step.file)) {
      TransitionBatch batch = step.batch(golden);
      double[] t = batch.intervals().t();
      double[] r = batch.intervals().r();
      NetworkTransition function = new NetworkTransition(TrainNetwork.load(), step.transport);
      INDArray state = step.transport.interpolate(batch.x(), batch.noise(), t);
      assertClose("x_t", array(golden, "x_t"), state, TOLERANCE);
      INDArray prediction = function.apply(state, t, r, batch.condition());
      assertClose("F_pred", array(golden, "F_pred"), prediction, TOLERANCE);
      for (double epsilon : new double[] {0.05, 0.01, 0.005, 0.001, 1e-4, 1e-5}) {
        String key = "dF_dde_eps=" + (epsilon < 1e-4 ? "1e-05" : String.valueOf(epsilon));
        INDArray derivative =
            FiniteDifference.withEpsilon(epsilon).of(function, step.transport, batch);
        assertClose(
            key,
            array(golden, key.replace("1.0E-4", "0.0001")),
            derivative,
            epsilon < 1e-4 ? 1e-6 : TOLERANCE);
      }
      INDArray derivative = FiniteDifference.withEpsilon(0.005).of(function, step.transport, batch);
      checkLosses(step, golden, "dde", prediction, derivative);
      INDArray exact = new ForwardModeDerivative().of(function, step.transport, batch);
      assertClose("dF_jvp", array(golden, "dF_jvp"), exact, TOLERANCE);
      checkLosses(step, golden, "jvp", prediction, exact);
    }
  }

  private static void checkLosses(
      Step step, SafetensorsFile golden, String method, INDArray prediction, INDArray derivative) {
    TransitionBatch batch = step.batch(golden);
    INDArray target = StateTransitionTarget.of(step.transport, batch, derivative);
    assertClose("target", array(golden, method + "/F_target"), target, TOLERANCE);
    for (DirectionalPart part :
        new DirectionalPart[] {DirectionalPart.NONE, DirectionalPart.CHANNELS}) {
      String prefix = method + "/dir=" + (part == DirectionalPart.NONE ? 0 : 1) + "/";
      TransitionLossValue value =
          step.loss(part).evaluate(step.transport, batch.intervals(), prediction, target);
      assertClose(
          "mse", golden.doubles(method + "/mse_per_sample"), value.squaredError(), TOLERANCE);
      if (part == DirectionalPart.CHANNELS) {
        assertClose(
            "dir", golden.doubles(method + "/dir_loss_per_sample"), value.directional(), TOLERANCE);
      }
      double[] distances = new double[batch.intervals().size()];
      for (int i = 0; i < distances.length; i++) {
        distances[i] = value.distance(i);
      }
      assertClose(
          "distance", golden.doubles(prefix + "denoising_loss_per_sample"), distances, TOLERANCE);
      assertClose(
          "weight", golden.doubles(prefix + "weight_time"), value.intervalWeight(), TOLERANCE);
      assertClose(
          "scale", golden.doubles(prefix + "weight_adaptive"), value.sampleScale(), TOLERANCE);
      assertEquals(golden.doubles(prefix + "weighted_loss")[0], value.weighted(), TOLERANCE);
    }
  }

  /** Against the exact derivative of the authors' forward mode. */
  @ParameterizedTest
  @EnumSource(Step.class)
  void theErrorOfTheDifferenceFallsWithTheSquareOfEpsilon(Step step) {
    try (SafetensorsFile golden = Golden.open(step.file)) {
      TransitionBatch batch = step.batch(golden);
      NetworkTransition function = new NetworkTransition(TrainNetwork.load(), step.transport);
      INDArray exact = array(golden, "dF_jvp");
      int count = 4;
      double slope = 0;
      for (int k = 0; k < count; k++) {
        INDArray derivative =
            FiniteDifference.withEpsilon(5e-4 * (1 << k)).of(function, step.transport, batch);
        double error = derivative.sub(exact).norm2Number().doubleValue();
        // Least squares over k = 0 … 3: Σ (k - 1.5)² = 5.
        slope += (k - 1.5) * Math.log(error) / (5 * Math.log(2));
      }
      assertTrue(slope > 1.9 && slope < 2.1, step + " has order " + slope);
    }
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void gradientsOfAllParameters(Step step) {
    try (SafetensorsFile golden = Golden.open(step.file);
        SafetensorsFile gradients = Golden.open(step.file + ".grads")) {
      TransitionBatch batch = step.batch(golden);
      double[] t = batch.intervals().t();
      TimNetwork network = TrainNetwork.load();
      NetworkTransition function = new NetworkTransition(network, step.transport);
      INDArray target =
          StateTransitionTarget.of(
              step.transport,
              batch,
              FiniteDifference.withEpsilon(0.005).of(function, step.transport, batch));
      TimOutput output =
          network.forward(
              function.input(
                  step.transport.interpolate(batch.x(), batch.noise(), t),
                  t,
                  batch.intervals().r(),
                  batch.condition()));
      TransitionLossValue loss =
          step.loss(DirectionalPart.CHANNELS)
              .evaluate(step.transport, batch.intervals(), output.prediction(), target);
      INDArray features = array(golden, "h_target").reshape(output.features().shape());
      RepresentationAlignment.Value alignment =
          new RepresentationAlignment(1).evaluate(output.features(), features);
      assertClose(
          "features",
          Doubles.of(array(golden, "h_proj")),
          Doubles.of(output.features()),
          TOLERANCE);
      assertEquals(golden.doubles("dde/dir=1/proj_loss")[0], alignment.value(), TOLERANCE);
      assertEquals(
          golden.doubles("dde/dir=1/total_loss")[0],
          loss.weighted() + alignment.value(),
          TOLERANCE);
      INDArray gradient = network.backward(loss.gradient(), alignment.gradient()).dup();
      assertEquals(
          golden.doubles("dde/dir=1/grad_norm")[0], gradient.norm2Number().doubleValue(), 1e-8);
      // The gradient has the layout of the parameters, so a network can hold it for the name map.
      TimNetwork holder = network.copy();
      holder.parameters().assign(gradient);
      Map<String, INDArray> official =
          TimWeights.of(network.config()).toOfficial(holder.parameterTable());
      official.forEach(
          (name, values) ->
              assertClose(name, Doubles.of(array(gradients, name)), Doubles.of(values), TOLERANCE));
      assertEquals(gradients.tensors().size(), official.size());
    }
  }

  @Test
  void guidanceFreeTarget() {
    Step step = Step.OTFM;
    try (SafetensorsFile golden = Golden.open(step.file)) {
      TransitionBatch batch = step.batch(golden);
      double[] t = batch.intervals().t();
      TimNetwork network = TrainNetwork.load();
      TimNetwork average = network.copy();
      average.parameters().muli(golden.doubles("enh/ema_scale")[0]);
      NetworkTransition teacher = new NetworkTransition(average, step.transport);
      INDArray undropped = array(golden, "enh/y_undropped").reshape(t.length, 1);
      INDArray nulls = NullCondition.like(network.config().condition(), undropped);
      INDArray state = step.transport.interpolate(batch.x(), batch.noise(), t);
      assertClose(
          "F_cond", array(golden, "enh/F_cond"), teacher.apply(state, t, t, undropped), TOLERANCE);
      assertClose(
          "F_uncond", array(golden, "enh/F_uncond"), teacher.apply(state, t, t, nulls), TOLERANCE);
      TransitionBatch guided =
          GuidanceFreeTraining.standard()
              .guide(
                  teacher,
                  step.transport,
                  new TransitionBatch(batch.x(), batch.noise(), batch.intervals(), undropped),
                  nulls);
      NetworkTransition function = new NetworkTransition(network, step.transport);
      INDArray derivative = FiniteDifference.withEpsilon(0.005).of(function, step.transport, batch);
      INDArray target = StateTransitionTarget.of(step.transport, guided, derivative);
      assertClose("target", array(golden, "enh/F_target"), target, TOLERANCE);
      TransitionLossValue loss =
          step.loss(DirectionalPart.CHANNELS)
              .evaluate(
                  step.transport,
                  batch.intervals(),
                  function.apply(state, t, batch.intervals().r(), batch.condition()),
                  target);
      assertEquals(golden.doubles("enh/weighted_loss")[0], loss.weighted(), TOLERANCE);
    }
  }
}
