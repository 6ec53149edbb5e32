package org.tim4j.tribuo.table;

import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.tribuo.TimModel;
import org.tim4j.tribuo.TimTrainer;
import org.tim4j.tribuo.config.TransitionSettings;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * A generator of the rows of a table: a {@link TimModel} and what it has to know of the table,
 * which its provenance holds under {@value #TABLE}.
 *
 * @param <T> the type of output
 */
public final class TableModel<T extends Output<T>> implements AutoCloseable {
  /** Provenance key of the description of the table. */
  public static final String TABLE = "tim-table";

  /** A row that breaks a constraint is drawn again that often. */
  private static final int ROUNDS = 200;

  /** At most so many rows are drawn in the place of one. */
  private static final int MAX_COPIES = 64;

  private final FittedTable fitted;
  private final LabelColumns<T> labels;
  private final TableExamples<T> rows;
  private final TimModel<T> model;

  private TableModel(FittedTable fitted, LabelColumns<T> labels, TimModel<T> model) {
    this.fitted = fitted;
    this.labels = labels;
    this.rows = new TableExamples<>(fitted, labels);
    this.model = model;
  }

  /**
   * Trains a generator.
   *
   * @param real the rows
   * @param seed of the training
   * @throws InvalidInputException if the rows cannot be learnt
   */
  public static TableModel<?> train(LabelledTable real, TransitionSettings settings, long seed) {
    FittedTable fitted = real.fitted();
    return train(real, fitted, LabelColumns.of(fitted), settings, seed);
  }

  private static <T extends Output<T>> TableModel<T> train(
      LabelledTable real,
      FittedTable fitted,
      LabelColumns<T> labels,
      TransitionSettings settings,
      long seed) {
    TableExamples<T> examples = new TableExamples<>(fitted, labels);
    MutableDataset<T> dataset =
        new MutableDataset<>(
            examples.examples(real.table()),
            new SimpleDataSourceProvenance(real.file().toString(), labels.factory()),
            labels.factory());
    Map<String, Provenance> provenance =
        Map.of(TABLE, new StringProvenance(TABLE, fitted.toJson()));
    try {
      return new TableModel<>(
          fitted,
          labels,
          new TimTrainer<>(labels.converter(), settings, seed).train(dataset, provenance));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(real.file() + " cannot be learnt: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a generator that {@link #write} wrote.
   *
   * @throws InvalidInputException if the file holds no generator of tables
   */
  public static TableModel<?> read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException("there is no file " + file);
    }
    Model<?> model;
    try {
      model = Model.deserializeFromFile(file);
    } catch (IOException | RuntimeException e) {
      throw new InvalidInputException(
          file + " holds no generator; give a file that tim synthesize --model wrote", e);
    }
    if (!(model instanceof TimModel<?> generator)) {
      throw new InvalidInputException(
          file + " holds a " + model.getClass().getSimpleName() + ", no generator of rows");
    }
    Provenance table = generator.getProvenance().getInstanceProvenance().getMap().get(TABLE);
    if (!(table instanceof StringProvenance text)) {
      generator.close();
      throw new InvalidInputException(
          file
              + " does not tell the columns of its table; train it again with tim synthesize --csv");
    }
    FittedTable fitted = FittedTable.fromJson(text.getValue());
    return of(fitted, LabelColumns.of(fitted), generator, file);
  }

  /** The cast is safe: the classes of the outputs are compared. */
  @SuppressWarnings("unchecked")
  private static <T extends Output<T>> TableModel<T> of(
      FittedTable fitted, LabelColumns<T> labels, TimModel<?> model, Path file) {
    if (!labels.type().equals(model.getOutputIDInfo().getOutput(0).getClass())) {
      model.close();
      throw new InvalidInputException(file + " is damaged: its labels are of another kind");
    }
    return new TableModel<>(fitted, labels, (TimModel<T>) model);
  }

  /**
   * Saves the generator, or leaves the file as it was.
   *
   * @throws InvalidInputException if the file cannot be written
   */
  public void write(Path file) {
    OutputFile.write(file, model::serializeToFile);
  }

  /** The generator of examples. */
  public TimModel<T> model() {
    return model;
  }

  /** The metadata of the table. */
  public TableSchema schema() {
    return fitted.schema();
  }

  /** The columns that the generator is conditioned on. */
  public List<String> labels() {
    return fitted.labels();
  }

  /**
   * Generates rows; see {@link #generate(TableRequest, Map)}.
   *
   * @throws InvalidInputException if a condition is unknown or too few rows meet it
   */
  public SyntheticTable generate(TableRequest request) {
    return generate(request, Map.of());
  }

  /**
   * Generates rows. One that breaks a constraint or a condition is drawn again with the same label.
   *
   * @param taken real values of identifiers, which new ones must not be
   * @throws InvalidInputException if a condition is unknown or too few rows meet it
   */
  public SyntheticTable generate(TableRequest request, Map<String, Set<String>> taken) {
    Map<String, String> labelled = new TreeMap<>(request.where());
    labelled.keySet().retainAll(fitted.labels());
    RowCondition condition = RowCondition.of(request.where(), fitted, rows.table(List.of()));
    List<Example<T>> first = new ArrayList<>();
    (labelled.isEmpty() && !labels.areShared()
            ? model.generate(request.rows(), request.evaluations(), request.seed())
            : model.generate(
                labels.outputs(labelled, request.rows(), request.seed()),
                request.evaluations(),
                request.seed()))
        .forEach(first::add);
    double[][] made = new double[request.rows()][];
    long tried = request.rows();
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < made.length; i++) {
      made[i] = allowed(first.get(i), condition);
      if (made[i] == null) {
        open.add(i);
      }
    }
    RandomStream seeds = RandomStream.of(request.seed(), 1, Purpose.CONDITION_PRIOR);
    for (int round = 0; !open.isEmpty(); round++) {
      double rate = (request.rows() - open.size()) / (double) tried;
      if (round == ROUNDS) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "only %d of %d generated rows keep the constraints and conditions; train longer, or drop one of them",
                request.rows() - open.size(),
                tried));
      }
      int copies = (int) Math.min(MAX_COPIES, Math.ceil(1 / Math.max(rate, 1.0 / MAX_COPIES)));
      List<T> outputs = new ArrayList<>();
      for (int i : open) {
        for (int copy = 0; copy < copies; copy++) {
          outputs.add(first.get(i).getOutput().copy());
        }
      }
      tried += outputs.size();
      List<Example<T>> more = new ArrayList<>();
      model.generate(outputs, request.evaluations(), seeds.nextLong()).forEach(more::add);
      for (int i = 0; i < more.size(); i++) {
        int row = open.get(i / copies);
        made[row] = made[row] == null ? allowed(more.get(i), condition) : made[row];
      }
      open.removeIf(i -> made[i] != null);
    }
    return new SyntheticTable(
        fitted.schema(), rows.table(List.of(made)), fitted.identifiers(request, taken), tried);
  }

  private double[] allowed(Example<T> example, RowCondition condition) {
    double[] row = rows.row(example);
    return rows.isAllowed(row) && condition.holds(row) ? row : null;
  }

  /** Frees the network. */
  @Override
  public void close() {
    model.close();
  }
}
