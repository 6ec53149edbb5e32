package org.tim4j.cli.sweep;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.tim4j.arbiter.task.TransitionDataSource;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.TrainingData;
import org.tim4j.tribuo.condition.ConditionConverter;
import org.tim4j.tribuo.condition.LabelConditionConverter;
import org.tim4j.tribuo.config.TransitionSettings;
import org.tim4j.tribuo.encoding.Scaling;
import org.tim4j.tribuo.encoding.TabularEncoding;
import org.tim4j.tribuo.generator.ConditionedVectors;
import org.tim4j.tribuo.generator.JitteredRows;
import org.tim4j.tribuo.table.LabelledTable;
import org.tim4j.tribuo.table.OutputKind;
import org.tim4j.tribuo.table.RowSplit;
import org.tim4j.tribuo.table.TableFile;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;

/**
 * A classification table in a CSV file, read and encoded by Tribuo: 60 % of its rows are trained
 * on, 20 % score the candidates of a search, and 20 % are kept for the comparison of what the
 * search has found.
 */
public final class TableData extends TransitionDataSource {
  private static final long serialVersionUID = 1;
  private static final String CSV = "csv";
  private static final String LABEL = "label";
  private static final String SEED = "seed";
  private static final String PART = "part";
  private static final String ONE_HOT_SEPARATOR = "@";
  private static final double TRAINING_SHARE = 0.6;
  private static final double VALIDATION_SHARE = 0.5;

  /** The rows that candidates are scored on. */
  public enum Part {
    /** Those that a search may choose by. */
    VALIDATION,
    /** Those that no search has seen. */
    TEST
  }

  private transient Dataset<Label> training;
  private transient Dataset<Label> heldOut;
  private transient TabularEncoding encoding;
  private final transient ConditionConverter<Label> converter = new LabelConditionConverter();

  /** For Arbiter. */
  public TableData() {}

  /**
   * Returns the properties of a table.
   *
   * @param label name of the column that is the class
   * @param seed of the division of the rows
   */
  public static Properties properties(Path csv, String label, long seed, Part part) {
    Properties properties = new Properties();
    properties.setProperty(CSV, csv.toString());
    properties.setProperty(LABEL, label);
    properties.setProperty(SEED, Long.toString(seed));
    properties.setProperty(PART, part.name());
    return properties;
  }

  @Override
  public void configure(Properties properties) {
    Path csv = Path.of(properties.getProperty(CSV));
    long seed = Long.parseLong(properties.getProperty(SEED));
    LabelledTable table =
        LabelledTable.of(
            TableFile.open(csv), List.of(properties.getProperty(LABEL)), OutputKind.CLASSES);
    RowSplit split = RowSplit.of(table, TRAINING_SHARE, seed);
    training = table.select(split.training()).dataset(new LabelFactory());
    LabelledTable others = table.select(split.heldOut());
    RowSplit rest = RowSplit.of(others, VALIDATION_SHARE, seed);
    boolean test = Part.valueOf(properties.getProperty(PART)) == Part.TEST;
    heldOut = others.select(test ? rest.heldOut() : rest.training()).dataset(new LabelFactory());
    requireClasses(csv);
    encoding = TabularEncoding.fit(training, Scaling.QUANTILE, ONE_HOT_SEPARATOR);
  }

  private void requireClasses(Path table) {
    if (heldOut.size() == 0 || !training.getOutputs().containsAll(heldOut.getOutputs())) {
      throw new InvalidInputException(
          "the "
              + training.size()
              + " rows of "
              + table
              + " to train on lack a class of those to score on; give a table with more rows of"
              + " every class, or another --seed");
    }
  }

  @Override
  public TrainingData trainData() {
    return new JitteredRows(encoded(training), TransitionSettings.defaults().jitter());
  }

  @Override
  public Examples testData() {
    return new JitteredRows(encoded(heldOut), 0).all();
  }

  private ConditionedVectors encoded(Dataset<Label> data) {
    ConditionedVectors rows = new ConditionedVectors(encoding.widths());
    for (Example<Label> example : data) {
      rows.add(encoding.encode(example), condition(example.getOutput()), example.getWeight());
    }
    return rows;
  }

  /** The rows that are trained on. */
  Dataset<Label> training() {
    return training;
  }

  /** The rows that are scored on. */
  Dataset<Label> heldOut() {
    return heldOut;
  }

  /** The way from features to codes and back. */
  TabularEncoding encoding() {
    return encoding;
  }

  /** The condition of a class. */
  double[] condition(Label label) {
    return converter.convert(label, training.getOutputIDInfo());
  }
}
