package org.tim4j.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.loss.DirectionalPart;
import org.tim4j.objective.loss.SampleScale;
import org.tim4j.objective.loss.TransitionLoss;
import org.tim4j.objective.training.AdamWSettings;
import org.tim4j.objective.training.AverageDecay;
import org.tim4j.objective.training.BatchDraw;
import org.tim4j.objective.training.DerivativeSettings;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.InMemoryData;
import org.tim4j.objective.training.StepReport;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TransitionTrainer;

/** Three steps of the whole trainer: losses, clipping, AdamW and the moving averages. */
final class AdamWCheck implements GoldenCheck {
  private static final String FILE = "adamw";
  private static final String PARAMETERS = "adamw.params";
  private static final String AVERAGE = "adamw.ema0.9";
  private static final String SLOW_AVERAGE = "adamw.ema0.9999_minus_init";
  private static final String WEIGHTS = "train_net.weights";
  private static final int STEPS = 3;

  /** The slow average is stored as a small difference in single precision. */
  private static final double STORED_SINGLE = 1e-6;

  @Override
  public List<String> files() {
    return List.of(FILE, PARAMETERS, AVERAGE, SLOW_AVERAGE, WEIGHTS);
  }

  @Override
  public List<CaseResult> run(GoldenFolder golden) {
    List<CaseResult> results = new ArrayList<>();
    try (GoldenFile file = golden.open(FILE);
        GoldenFile parameters = golden.open(PARAMETERS);
        GoldenFile average = golden.open(AVERAGE);
        GoldenFile slowAverage = golden.open(SLOW_AVERAGE);
        GoldenFile weights = golden.open(WEIGHTS)) {
      TransitionTrainer trainer = trainer(file, weights, 0.9);
      results.addAll(steps(file, trainer));
      results.add(compare(parameters, trainer.network(), trainer.network().parameters()));
      results.add(compare(average, trainer.network(), trainer.state().average()));

      TransitionTrainer slow = trainer(file, weights, 0.9999);
      INDArray start = slow.network().parameters().dup();
      steps(file, slow);
      INDArray change = slow.state().average().sub(start);
      results.add(compare(slowAverage, slow.network(), change));
    }
    return results;
  }

  private static TransitionTrainer trainer(GoldenFile file, GoldenFile weights, double decay) {
    JsonNode optimizer = file.json().get("optimizer");
    TimNetwork network = GoldenNetwork.load(weights, DataType.DOUBLE, TimRuntime.SAMEDIFF);
    TrainingConfig config =
        TrainingConfig.builder()
            .steps(STEPS)
            .derivative(new DerivativeSettings(DerivativeSettings.Method.DDE, 0.005))
            .loss(
                new TransitionLoss(
                    IntervalWeighting.standard(), DirectionalPart.CHANNELS, SampleScale.ADAPTIVE))
            .optimizer(
                new AdamWSettings(
                    optimizer.get("lr").asDouble(),
                    optimizer.get("betas").get(0).asDouble(),
                    optimizer.get("betas").get(1).asDouble(),
                    optimizer.get("eps").asDouble(),
                    optimizer.get("weight_decay").asDouble(),
                    optimizer.get("clip_norm").asDouble()))
            .average(new AverageDecay(decay, AverageDecay.WarmUp.NONE))
            .build();
    BatchDraw first = draw(file, 0);
    InMemoryData unused =
        new InMemoryData(new Examples(first.batch().x(), first.batch().condition()));
    return new TransitionTrainer(network, config, unused, List.of());
  }

  private static List<CaseResult> steps(GoldenFile file, TransitionTrainer trainer) {
    List<CaseResult> results = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      StepReport report = trainer.step(draw(file, step));
      String prefix = "step" + step + "/";
      results.add(
          new Case(FILE, "step" + step, Precision.DOUBLE)
              .compare("weighted_loss", file.scalar(prefix + "weighted_loss"), report.loss())
              .compare("proj_loss", file.scalar(prefix + "proj_loss"), report.alignment())
              .compare(
                  "grad_norm_before_clip",
                  file.scalar(prefix + "grad_norm_before_clip"),
                  report.gradientNorm())
              .result());
    }
    return results;
  }

  private static BatchDraw draw(GoldenFile file, int step) {
    String prefix = "step" + step + "/";
    INDArray classes = GoldenNetwork.condition(file, prefix + "y", DataType.DOUBLE);
    TransitionBatch batch =
        new TransitionBatch(
            file.array(prefix + "x", DataType.DOUBLE),
            file.array(prefix + "z", DataType.DOUBLE),
            new Intervals(
                file.doubles(prefix + "t"),
                file.doubles(prefix + "r"),
                file.integer(prefix + "n_diffusion")),
            classes);
    return new BatchDraw(batch, classes, file.array(prefix + "h_target", DataType.DOUBLE));
  }

  private static CaseResult compare(GoldenFile expected, TimNetwork network, INDArray flat) {
    Map<String, INDArray> official = GoldenNetwork.official(network, flat);
    double tolerance =
        expected.name().equals(SLOW_AVERAGE) ? STORED_SINGLE : Precision.DOUBLE.tolerance();
    Case result =
        new Case(expected.name(), "after " + STEPS + " steps", Precision.DOUBLE, tolerance);
    expected.keys().forEach(key -> result.compare(key, expected.doubles(key), official.get(key)));
    return result.result();
  }
}
