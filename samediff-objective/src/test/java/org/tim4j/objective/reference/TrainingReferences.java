package org.tim4j.objective.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimOutput;
import org.tim4j.objective.NetworkTransition;
import org.tim4j.objective.NullCondition;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.derivative.FiniteDifference;
import org.tim4j.objective.derivative.ForwardModeDerivative;
import org.tim4j.objective.interval.IntervalMeasure;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.interval.TimeWarp;
import org.tim4j.objective.interval.WeightForm;
import org.tim4j.objective.loss.DirectionalPart;
import org.tim4j.objective.loss.SampleScale;
import org.tim4j.objective.loss.StateTransitionTarget;
import org.tim4j.objective.loss.TransitionLoss;
import org.tim4j.objective.loss.TransitionLossValue;
import org.tim4j.objective.sampling.Guidance;
import org.tim4j.objective.sampling.SamplingRequest;
import org.tim4j.objective.sampling.TransitionSampler;
import org.tim4j.objective.training.AdamWSettings;
import org.tim4j.objective.training.AverageDecay;
import org.tim4j.objective.training.BatchDraw;
import org.tim4j.objective.training.DerivativeSettings;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.InMemoryData;
import org.tim4j.objective.training.StepReport;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TransitionGradient;
import org.tim4j.objective.training.TransitionTrainer;
import org.tim4j.objective.transport.Edm;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.TimeGrid;
import org.tim4j.objective.transport.TimeLaw;
import org.tim4j.objective.transport.Transport;
import org.tim4j.objective.transport.TrigFlow;

/** Writes the files of training and sampling of one network of a random configuration. */
final class TrainingReferences {
  private static final double EPSILON = 0.004;

  private final RandomArrays random;
  private final NetworkReferences nets;
  private final TimNetwork network;
  private final int height;
  private final int width;

  TrainingReferences(RandomArrays random) {
    this.random = random;
    nets = new NetworkReferences(random, false);
    network = nets.network();
    height = network.config().patch() * 2;
    width = network.config().patch() * random.between(1, 3);
  }

  void write(Path folder) throws IOException {
    nets.writeWeights(folder, "train_net", DataType.DOUBLE);
    step(folder, "train_one", new TrigFlow(new TimeLaw.ArctanLogNormal(-0.5, 1.2), 0.8));
    sampler().write(folder, "sampler");
    adamw(folder);
  }

  private BatchDraw batch(TensorFile file, String prefix) {
    int samples = random.between(2, 5);
    INDArray x = random.doubles(samples, network.config().channels(), height, width);
    INDArray z = random.doubles(x.shape());
    double[] t = random.uniforms(samples, 0.3, 0.9);
    double[] r = Arrays.stream(t).map(time -> time * random.uniform(0.1, 0.8)).toArray();
    r[0] = t[0];
    file.f64(prefix + "x", x)
        .f64(prefix + "z", z)
        .f64(prefix + "t", t, samples)
        .f64(prefix + "r", r, samples)
        .i64(prefix + "n_diffusion", new double[] {1}, 1);
    INDArray condition = nets.condition(file, prefix + "y", samples, DataType.DOUBLE);
    int patch = network.config().patch();
    INDArray features =
        random.doubles(
            samples,
            height / patch * (width / patch),
            network.config().representation().featureSize());
    file.f64(prefix + "h_target", features);
    return new BatchDraw(
        new TransitionBatch(x, z, new Intervals(t, r, 1), condition), condition, features);
  }

  private void step(Path folder, String name, Transport transport) throws IOException {
    TensorFile file = new TensorFile();
    ObjectNode description = file.description;
    description.put("content", "a step with dde (eps " + EPSILON + ")");
    description.put("transport", "trigflow");
    description.set("config", nets.config());
    description
        .putObject("transport_params")
        .put("P_mean", -0.5)
        .put("P_std", 1.2)
        .put("sigma_d", 0.8)
        .put("T_min", transport.tMin())
        .put("T_max", transport.tMax());
    description
        .putObject("schedule")
        .put("weight_time_type", "square")
        .put("weight_time_tangent", false)
        .put("weight_time_sigmoid", true);
    IntervalWeighting weighting =
        new IntervalWeighting(WeightForm.POWER, -2, TimeWarp.SIGMOID, IntervalMeasure.T_MINUS_R);
    BatchDraw draw = batch(file, "");
    TransitionBatch batch = draw.batch();
    double[] t = batch.intervals().t();
    NetworkTransition function = new NetworkTransition(network, transport);
    INDArray state = transport.interpolate(batch.x(), batch.noise(), t);
    TimOutput output =
        network.forward(function.input(state, t, batch.intervals().r(), batch.condition()));
    file.f64("x_t", state)
        .f64("v_t", transport.velocity(batch.x(), batch.noise(), t))
        .f64("F_pred", output.prediction())
        .f64("h_proj", output.features())
        .f64("dF_jvp", new ForwardModeDerivative().of(function, transport, batch))
        .f64("dF_dde_eps=0.02", FiniteDifference.withEpsilon(0.02).of(function, transport, batch));
    for (DerivativeSettings.Method method : DerivativeSettings.Method.values()) {
      DerivativeSettings derivative = new DerivativeSettings(method, EPSILON);
      String key = method == DerivativeSettings.Method.DDE ? "dde" : "jvp";
      file.f64(
          key + "/F_target",
          StateTransitionTarget.of(
              transport, batch, derivative.create().of(function, transport, batch)));
      for (DirectionalPart part : List.of(DirectionalPart.CHANNELS, DirectionalPart.NONE)) {
        TransitionGradient.Value value =
            new TransitionGradient(
                    network,
                    TrainingConfig.builder()
                        .transport(transport)
                        .derivative(derivative)
                        .loss(new TransitionLoss(weighting, part, SampleScale.ADAPTIVE))
                        .build())
                .of(draw, null);
        addLoss(file, key, part, value);
        if (key.equals("dde") && part == DirectionalPart.CHANNELS) {
          file.number("dde/dir=1/grad_norm", value.gradient().norm2Number().doubleValue());
          TensorFile gradients = nets.parameters(DataType.DOUBLE, value.gradient());
          gradients.write(folder, name + ".grads");
        }
      }
    }
    file.write(folder, name);
  }

  private static void addLoss(
      TensorFile file, String key, DirectionalPart part, TransitionGradient.Value value) {
    TransitionLossValue loss = value.transition();
    int samples = loss.squaredError().length;
    String prefix = key + (part == DirectionalPart.NONE ? "/dir=0/" : "/dir=1/");
    double[] distances = new double[samples];
    for (int i = 0; i < samples; i++) {
      distances[i] = loss.distance(i);
    }
    file.f64(key + "/mse_per_sample", loss.squaredError(), samples)
        .f64(prefix + "denoising_loss_per_sample", distances, samples)
        .f64(prefix + "weight_time", loss.intervalWeight(), samples)
        .f64(prefix + "weight_adaptive", loss.sampleScale(), samples)
        .number(prefix + "weighted_loss", loss.weighted())
        .number(prefix + "proj_loss", value.alignment())
        .number(prefix + "total_loss", loss.weighted() + value.alignment());
    if (part != DirectionalPart.NONE) {
      file.f64(key + "/dir_loss_per_sample", loss.directional(), samples);
    }
  }

  private TensorFile sampler() {
    TensorFile file = new TensorFile();
    ObjectNode cases = file.description.putObject("cases");
    int batch = random.between(1, 3);
    INDArray start = random.doubles(batch, network.config().channels(), height, width);
    file.f64("z", start);
    INDArray condition = nets.condition(file, "y", batch, DataType.DOUBLE);
    for (int steps : new int[] {1, 3}) {
      String name = "trigflow/steps=" + steps;
      cases
          .putObject(name)
          .put("T_max", 1.5)
          .put("T_min", 0.0)
          .put("num_steps", steps)
          .put("cfg_scale", 1.4)
          .put("cfg_low", 0.1)
          .put("cfg_high", 0.8);
      Transport transport = BoundedTransport.of(TrigFlow.standard(), 0, 1.5);
      add(
          file,
          name,
          transport,
          request(start, condition, 1.5, 0, steps)
              .guidance(
                  new Guidance(1.4, 0.1, 0.8),
                  NullCondition.like(network.config().condition(), condition)));
    }
    cases
        .putObject("edm_sd0.7_corrected/steps=2")
        .put("T_max", 3)
        .put("T_min", 0.1)
        .put("num_steps", 2);
    add(
        file,
        "edm_sd0.7_corrected/steps=2",
        new Edm(new TimeLaw.LogNormal(0, 1), 0.7),
        request(start, condition, 3, 0.1, 2));
    String name = "otfm/steps=4/fresh";
    cases
        .putObject(name)
        .put("T_max", 1)
        .put("T_min", 0)
        .put("num_steps", 4)
        .put("stochasticity_ratio", 0.3);
    cases.put(name + "_noise", "draws of the two inner steps");
    INDArray noise = random.doubles(2, batch, network.config().channels(), height, width);
    file.f64(name + "_noise", noise);
    add(
        file,
        name,
        OtFlowMatching.standard(),
        request(start, condition, 1, 0, 4).stochasticity(0.3).noise(step -> noise.slice(step - 1)));
    return file;
  }

  private static SamplingRequest.Builder request(
      INDArray start, INDArray condition, double tMax, double tMin, int steps) {
    return SamplingRequest.fromStart(0, start)
        .times(TimeGrid.linear(tMax, tMin, steps))
        .condition(condition)
        .keepStates();
  }

  private void add(
      TensorFile file, String name, Transport transport, SamplingRequest.Builder request) {
    List<INDArray> states =
        new TransitionSampler(new NetworkTransition(network, transport), transport)
            .sample(request.build())
            .states();
    file.f64(name, Nd4j.stack(0, states.toArray(INDArray[]::new)));
  }

  private void adamw(Path folder) throws IOException {
    TensorFile file = new TensorFile();
    file.description.set("config", nets.config());
    ObjectNode optimizer = file.description.putObject("optimizer");
    optimizer.put("lr", 3e-4).put("eps", 1e-7).put("weight_decay", 0.02).put("clip_norm", 0.5);
    optimizer.putArray("betas").add(0.8).add(0.97);
    optimizer.putArray("ema_decays").add(0.7).add(0.95);
    BatchDraw[] draws = {batch(file, "step0/"), batch(file, "step1/")};
    for (double decay : new double[] {0.7, 0.95}) {
      TransitionTrainer trainer =
          new TransitionTrainer(
              network.copy(),
              TrainingConfig.builder()
                  .steps(draws.length)
                  .derivative(new DerivativeSettings(DerivativeSettings.Method.DDE, 0.005))
                  .loss(
                      new TransitionLoss(
                          IntervalWeighting.standard(),
                          DirectionalPart.CHANNELS,
                          SampleScale.ADAPTIVE))
                  .optimizer(new AdamWSettings(3e-4, 0.8, 0.97, 1e-7, 0.02, 0.5))
                  .average(new AverageDecay(decay, AverageDecay.WarmUp.NONE))
                  .build(),
              new InMemoryData(new Examples(draws[0].batch().x(), draws[0].batch().condition())),
              List.of());
      for (int step = 0; step < draws.length; step++) {
        StepReport report = trainer.step(draws[step]);
        file.number("step" + step + "/weighted_loss", report.loss())
            .number("step" + step + "/proj_loss", report.alignment())
            .number("step" + step + "/grad_norm_before_clip", report.gradientNorm());
      }
      INDArray average = trainer.state().average();
      if (decay == 0.7) {
        nets.parameters(DataType.DOUBLE, average).write(folder, "adamw.ema0.7");
        nets.parameters(DataType.DOUBLE, trainer.network().parameters())
            .write(folder, "adamw.params");
      } else {
        nets.parameters(DataType.FLOAT, average.sub(network.parameters()))
            .write(folder, "adamw.ema0.95_minus_init");
      }
    }
    file.write(folder, "adamw");
  }
}
