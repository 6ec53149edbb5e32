package org.tim4j.cli.sweep;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.tim4j.arbiter.candidate.TrainedCandidate;
import org.tim4j.arbiter.score.TransitionScore;
import org.tim4j.arbiter.task.TransitionDataSource;
import org.tim4j.cli.table.Judges;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.training.Examples;
import org.tim4j.tribuo.evaluation.SyntheticTraining;
import org.tim4j.tribuo.generator.VectorGenerator;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;

/**
 * Train on synthetic, test on real, for a {@link TableData}: 1 minus the macro-F1 that Tribuo's
 * classifiers reach on real rows when they saw only generated ones, as many as there are training
 * rows of each class. Mean over the classifiers and over several generations.
 */
public final class SyntheticTrainingScore extends TransitionScore {
  private final int evaluations;
  private final int generations;
  private final long seed;

  /**
   * @param evaluations network evaluations per row, at least 1
   * @param generations generated tables, at least 1
   * @param seed of the first of them
   */
  @JsonCreator
  public SyntheticTrainingScore(
      @JsonProperty("evaluations") int evaluations,
      @JsonProperty("generations") int generations,
      @JsonProperty("seed") long seed) {
    this.evaluations = Require.atLeast("evaluations", evaluations, 1);
    this.generations = Require.atLeast("generations", generations, 1);
    this.seed = seed;
  }

  @Override
  public double score(TrainedCandidate model, TransitionDataSource source) {
    if (!(source instanceof TableData table)) {
      throw new InvalidInputException(
          "the data source is " + source.getClass().getName() + "; this score needs a TableData");
    }
    VectorGenerator generator = new VectorGenerator(model.network(), model.training().transport());
    List<Label> classes = new ArrayList<>();
    for (Example<Label> example : table.training()) {
      classes.add(example.getOutput());
    }
    double sum = 0;
    for (int generation = 0; generation < generations; generation++) {
      sum +=
          SyntheticTraining.of(
                  Judges.classifiers(table.training()),
                  generated(generator, table, classes, seed + generation),
                  table.heldOut())
              .mean();
    }
    return 1 - sum / generations;
  }

  private Dataset<Label> generated(
      VectorGenerator generator, TableData table, List<Label> classes, long noise) {
    double[][] conditions = classes.stream().map(table::condition).toArray(double[][]::new);
    double[][] codes = generator.sample(conditions, evaluations, noise);
    List<Example<Label>> rows = new ArrayList<>();
    for (int i = 0; i < codes.length; i++) {
      rows.add(table.encoding().decode(codes[i], classes.get(i).copy()));
    }
    return new MutableDataset<>(
        rows, table.training().getSourceProvenance(), table.training().getOutputFactory());
  }

  /**
   * Not supported: the score needs the table itself.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public double score(TrainedCandidate model, Examples heldOut) {
    throw new UnsupportedOperationException("encoded rows were given; give the TableData");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SyntheticTrainingScore score
        && evaluations == score.evaluations
        && generations == score.generations
        && seed == score.seed;
  }

  @Override
  public int hashCode() {
    return (evaluations * 31 + generations) * 31 + Long.hashCode(seed);
  }

  @Override
  public String toString() {
    return "1 − macro-F1 on real rows, NFE " + evaluations;
  }
}
