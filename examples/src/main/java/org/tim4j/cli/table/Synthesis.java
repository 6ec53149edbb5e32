package org.tim4j.cli.table;

import java.io.IOException;
import java.nio.file.Path;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.tribuo.GeneratedDataSource;
import org.tim4j.tribuo.TimModel;
import org.tim4j.tribuo.TimTrainer;
import org.tim4j.tribuo.condition.ConditionConverter;
import org.tim4j.tribuo.condition.LabelConditionConverter;
import org.tim4j.tribuo.condition.RegressorConditionConverter;
import org.tim4j.tribuo.config.TransitionSettings;
import org.tribuo.Dataset;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.LabelFactory;
import org.tribuo.regression.RegressionFactory;

/**
 * Trains a generator on a table and writes rows that it made up.
 *
 * @param table the real rows
 * @param kind what the label column holds
 * @param rows how many rows to generate
 * @param evaluations network evaluations per row
 * @param seed seed of training and rows
 * @param settings network and training
 */
public record Synthesis(
    CsvTable table,
    OutputKind kind,
    int rows,
    int evaluations,
    long seed,
    TransitionSettings settings) {
  /**
   * @throws InvalidInputException if a number is below 1
   */
  public Synthesis {
    if (rows < 1 || evaluations < 1) {
      throw new InvalidInputException(
          "rows and network evaluations must be at least 1, found " + rows + " and " + evaluations);
    }
  }

  /**
   * Trains, generates and writes.
   *
   * @param out the CSV file to write
   * @param model where to save the generator, or null
   * @throws InvalidInputException if the rows are unusable or a file cannot be written
   */
  public TableFidelity run(Path out, Path model) {
    return kind == OutputKind.CLASSES
        ? run(new LabelFactory(), new LabelConditionConverter(), out, model)
        : run(new RegressionFactory(), new RegressorConditionConverter(), out, model);
  }

  private <T extends Output<T>> TableFidelity run(
      OutputFactory<T> factory, ConditionConverter<T> converter, Path out, Path modelFile) {
    MutableDataset<T> real = new MutableDataset<>(table.rows(factory));
    try (TimModel<T> model = new TimTrainer<>(converter, settings, seed).train(real)) {
      GeneratedDataSource<T> generated = model.generate(rows, evaluations, seed);
      new CsvRows(table).write(out, generated);
      if (modelFile != null) {
        model.serializeToFile(modelFile);
      }
      Dataset<T> synthetic = new MutableDataset<>(generated);
      return TableFidelity.of(real, synthetic);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(table + " cannot be learnt: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot write " + modelFile + ": " + e, e);
    }
  }
}
