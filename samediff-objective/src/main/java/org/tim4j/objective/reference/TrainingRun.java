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
import org.tim4j.layers.reference.ReferenceNetwork;
import org.tim4j.objective.interval.IntervalWeighting;
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

/** The trainer on the batches of a reference file, {@code step0}, {@code step1} and so on. */
final class TrainingRun {
  private final ReferenceFile file;
  private final List<BatchDraw> draws = new ArrayList<>();
  private final TransitionTrainer trainer;
  private final INDArray start;

  /**
   * @param file batches and settings
   * @param weights of the network at the start
   * @param decay of the moving average
   */
  TrainingRun(ReferenceFile file, ReferenceFile weights, double decay) {
    this.file = file;
    TimNetwork network = ReferenceNetwork.load(weights, DataType.DOUBLE, TimRuntime.SAMEDIFF);
    while (file.hasAny(prefix(draws.size()))) {
      draws.add(ReferenceBatch.of(file, prefix(draws.size()), network));
    }
    if (draws.isEmpty()) {
      throw new InvalidInputException(file.name() + " has no step; arrays are named stepN/NAME");
    }
    BatchDraw first = draws.get(0);
    InMemoryData unused =
        new InMemoryData(new Examples(first.batch().x(), first.batch().condition()));
    trainer = new TransitionTrainer(network, config(decay), unused, List.of());
    start = network.parameters().dup();
  }

  private static String prefix(int step) {
    return "step" + step + "/";
  }

  /** What the description does not tell is as published. */
  private TrainingConfig config(double decay) {
    JsonFields description = file.description();
    TrainingConfig.Builder builder = TrainingConfig.builder().steps(draws.size());
    if (description.has("transport")) {
      builder.transport(
          ReferenceTransports.of(
              description.text("transport"), description.object("transport_params")));
    }
    IntervalWeighting weighting =
        description.has("schedule")
            ? ReferenceWeightings.of(description.object("schedule"))
            : IntervalWeighting.standard();
    return builder
        .derivative(
            new DerivativeSettings(
                DerivativeSettings.Method.DDE, new Remarks(description).epsilon()))
        .loss(new TransitionLoss(weighting, DirectionalPart.CHANNELS, SampleScale.ADAPTIVE))
        .optimizer(optimizer(description.object("optimizer")))
        .average(new AverageDecay(decay, AverageDecay.WarmUp.NONE))
        .build();
  }

  private static AdamWSettings optimizer(JsonFields optimizer) {
    double[] betas = optimizer.numbers("betas");
    if (betas.length != 2) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%s: betas has %d numbers; two are expected",
              optimizer.where(),
              betas.length));
    }
    return new AdamWSettings(
        optimizer.number("lr"),
        betas[0],
        betas[1],
        optimizer.number("eps"),
        optimizer.number("weight_decay"),
        optimizer.number("clip_norm"));
  }

  /** Takes all steps and compares what they report. */
  List<CaseResult> steps() {
    List<CaseResult> results = new ArrayList<>();
    for (int step = 0; step < draws.size(); step++) {
      StepReport report = trainer.step(draws.get(step));
      String prefix = prefix(step);
      results.add(
          new Comparison(file.name(), "step" + step, Precision.DOUBLE)
              .compare("weighted_loss", file.number(prefix + "weighted_loss"), report.loss())
              .compare("proj_loss", file.number(prefix + "proj_loss"), report.alignment())
              .compare(
                  "grad_norm_before_clip",
                  file.number(prefix + "grad_norm_before_clip"),
                  report.gradientNorm())
              .result());
    }
    return results;
  }

  TimNetwork network() {
    return trainer.network();
  }

  /** The parameters before the first step. */
  INDArray start() {
    return start;
  }

  /** The moving average of the parameters. */
  INDArray average() {
    return trainer.state().average();
  }

  /** Name of a case about the outcome. */
  String title() {
    return "after " + draws.size() + " steps";
  }
}
