package org.tim4j.cli.sweep;

import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.distribution.LogUniformDistribution;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.tim4j.arbiter.candidate.TransitionCandidate;
import org.tim4j.arbiter.space.AdamWSpace;
import org.tim4j.arbiter.space.IntervalSamplerSpace;
import org.tim4j.arbiter.space.IntervalWeightingSpace;
import org.tim4j.arbiter.space.TimNetworkSpace;
import org.tim4j.arbiter.space.TransitionSpace;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.training.RunSettings;
import org.tim4j.tribuo.config.RowSettings;
import org.tim4j.tribuo.config.TransitionSettings;

/**
 * The search behind {@code tim sweep --csv}: interval weighting, interval draws, learning rate and
 * network of the generator of a table, scored by classifiers that are trained on what it generates.
 * Every candidate is one that {@link TransitionSettings} can hold.
 */
public final class TableSearch {
  private static final int EVALUATIONS = 4;
  private static final int GENERATIONS = 3;

  private TableSearch() {}

  /**
   * Returns the plan.
   *
   * @param csv a table with a header
   * @param label name of the column that is the class
   * @param overrides settings that candidates share, by name
   * @throws InvalidInputException if the table cannot be used or the settings do not fit it
   */
  public static SweepPlan plan(
      Path csv, String label, List<String> overrides, SweepPlan.Effort effort) {
    TableData table = new TableData();
    table.configure(TableData.properties(csv, label, effort.seed(), TableData.Part.VALIDATION));
    List<Integer> columns = table.encoding().widths();
    if (columns.isEmpty()) {
      throw new InvalidInputException("no column of " + csv + " varies; give more varied rows");
    }
    int conditionWidth = table.condition(table.training().getExample(0).getOutput()).length;
    RunSettings settings =
        new RowSettings(TransitionSettings.defaults(), table.training().size())
            .run(columns, conditionWidth, effort.seed())
            .with(overrides);
    TransitionSettings.builder().run(settings).build(); // Refuses what a trainer cannot be given.
    TransitionSpace space = space(settings, effort);
    return new SweepPlan(
        configuration(csv, label, TableData.Part.VALIDATION, space, effort),
        configuration(csv, label, TableData.Part.TEST, space, effort),
        TransitionCandidate.of(settings.network(), settings.training(), effort.budget()),
        List.of(
            SweepPlan.EXPONENT,
            new SweepPlan.Axis(
                "learning-rate.png", "/training/optimizer/learningRate", "learning rate")));
  }

  private static TransitionSpace space(RunSettings settings, SweepPlan.Effort effort) {
    return new TransitionSpace.Builder(
            new TimNetworkSpace.Builder(settings.network())
                .hidden(new DiscreteParameterSpace<>(32, 64, 128))
                .depth(new DiscreteParameterSpace<>(2, 3, 4))
                .build(),
            settings.training())
        .weighting(
            new IntervalWeightingSpace.Builder()
                .exponent(new ContinuousParameterSpace(-2, 0))
                .build())
        .intervals(
            new IntervalSamplerSpace.Builder()
                .diffusionRatio(new ContinuousParameterSpace(0.1, 0.8))
                .consistencyRatio(new ContinuousParameterSpace(0, 0.2))
                .build())
        .optimizer(
            new AdamWSpace.Builder(settings.training().optimizer())
                .learningRate(new ContinuousParameterSpace(new LogUniformDistribution(3e-4, 1e-2)))
                .build())
        .budget(effort.budget())
        .build();
  }

  private static OptimizationConfiguration configuration(
      Path csv, String label, TableData.Part part, TransitionSpace space, SweepPlan.Effort effort) {
    return effort.configuration(
        space,
        new SyntheticTrainingScore(EVALUATIONS, GENERATIONS, effort.seed()),
        TableData.class,
        TableData.properties(csv, label, effort.seed(), part));
  }
}
