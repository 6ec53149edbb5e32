package org.tim4j.tribuo.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.tribuo.condition.ConditionConverter;
import org.tim4j.tribuo.condition.LabelConditionConverter;
import org.tim4j.tribuo.condition.RegressorConditionConverter;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/**
 * The label columns of a table as outputs.
 *
 * @param <T> the type of output
 */
sealed interface LabelColumns<T extends Output<T>> {
  /** The positions of the columns in the table. */
  Collection<Integer> columns();

  OutputFactory<T> factory();

  ConditionConverter<T> converter();

  /** The class of the outputs. */
  Class<T> type();

  /** The output of a row. */
  T output(double[] row);

  /** Writes an output to its columns of a row. */
  void read(T output, double[] row);

  /**
   * The outputs to ask for.
   *
   * @param where texts of label columns
   * @param count how many
   * @param seed of their order
   * @throws InvalidInputException if there is no such output
   */
  List<T> outputs(Map<String, String> where, int count, long seed);

  /** Whether outputs are asked for even if none is named: then every class gets its share. */
  boolean areShared();

  /** Makes the columns of a table. */
  static LabelColumns<?> of(FittedTable table) {
    return table.kind() == OutputKind.NUMBERS ? new Numbers(table) : new Classes(table);
  }

  /** One label for every combination of texts; without columns, one for all rows. */
  final class Classes implements LabelColumns<Label> {
    private final FittedTable table;
    private final List<Integer> columns;
    private final Map<List<Double>, String> names = new HashMap<>();
    private final Map<String, List<Double>> values = new HashMap<>();

    Classes(FittedTable table) {
      this.table = table;
      Table empty = table.empty();
      this.columns = table.labels().stream().map(empty::indexOf).toList();
      for (FittedTable.JointClass next : table.classes()) {
        List<Double> indexes = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
          List<String> texts = empty.columns().get(columns.get(i)).categories();
          indexes.add((double) texts.indexOf(next.cells().get(i)));
        }
        names.put(indexes, next.name(table.labels()));
        values.put(next.name(table.labels()), indexes);
      }
    }

    @Override
    public List<Integer> columns() {
      return columns;
    }

    @Override
    public LabelFactory factory() {
      return new LabelFactory();
    }

    @Override
    public ConditionConverter<Label> converter() {
      return new LabelConditionConverter();
    }

    @Override
    public Class<Label> type() {
      return Label.class;
    }

    @Override
    public Label output(double[] row) {
      return new Label(names.get(columns.stream().map(column -> row[column]).toList()));
    }

    @Override
    public void read(Label output, double[] row) {
      List<Double> indexes = values.get(output.getLabel());
      for (int i = 0; i < columns.size(); i++) {
        row[columns.get(i)] = indexes.get(i);
      }
    }

    @Override
    public boolean areShared() {
      return true;
    }

    /** As frequent as in the table, up to one, in random order. */
    @Override
    public List<Label> outputs(Map<String, String> where, int count, long seed) {
      List<FittedTable.JointClass> fitting =
          table.classes().stream().filter(next -> fits(next, where)).toList();
      if (fitting.isEmpty()) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "no row has %s; there are %s",
                where,
                String.join("; ", values.keySet())));
      }
      long total = fitting.stream().mapToLong(FittedTable.JointClass::rows).sum();
      List<Label> outputs = new ArrayList<>();
      long before = 0;
      for (FittedTable.JointClass next : fitting) {
        long end = Math.round((double) (before + next.rows()) * count / total);
        while (outputs.size() < end) {
          outputs.add(new Label(next.name(table.labels())));
        }
        before += next.rows();
      }
      int[] order = RandomStream.of(seed, 0, Purpose.CONDITION_PRIOR).permutation(count);
      return Arrays.stream(order).mapToObj(outputs::get).toList();
    }

    private boolean fits(FittedTable.JointClass next, Map<String, String> where) {
      for (int i = 0; i < columns.size(); i++) {
        String wanted = where.get(table.labels().get(i));
        if (wanted != null && !wanted.equals(next.cells().get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  /** One dimension a column. */
  final class Numbers implements LabelColumns<Regressor> {
    private final List<String> names;
    private final List<Integer> columns;
    private final List<NumericCells> cells;

    Numbers(FittedTable table) {
      Table empty = table.empty();
      this.names = table.labels();
      this.columns = names.stream().map(empty::indexOf).toList();
      this.cells =
          names.stream().map(name -> new NumericCells(table.schema().column(name))).toList();
    }

    @Override
    public List<Integer> columns() {
      return columns;
    }

    @Override
    public RegressionFactory factory() {
      return new RegressionFactory();
    }

    @Override
    public ConditionConverter<Regressor> converter() {
      return new RegressorConditionConverter();
    }

    @Override
    public Class<Regressor> type() {
      return Regressor.class;
    }

    @Override
    public Regressor output(double[] row) {
      return new Regressor(
          names.toArray(String[]::new),
          columns.stream().mapToDouble(column -> row[column]).toArray());
    }

    @Override
    public void read(Regressor output, double[] row) {
      for (int i = 0; i < names.size(); i++) {
        row[columns.get(i)] = output.getDimension(names.get(i)).orElseThrow().getValue();
      }
    }

    @Override
    public boolean areShared() {
      return false;
    }

    @Override
    public List<Regressor> outputs(Map<String, String> where, int count, long seed) {
      double[] values = new double[names.size()];
      for (int i = 0; i < values.length; i++) {
        String text = where.get(names.get(i));
        if (text == null) {
          throw new InvalidInputException(
              String.format(Locale.ROOT, "give all of %s or none", String.join(", ", names)));
        }
        String name = names.get(i);
        values[i] =
            cells
                .get(i)
                .parse(text)
                .orElseThrow(
                    () ->
                        new InvalidInputException(
                            String.format(Locale.ROOT, "'%s' is no value of '%s'", text, name)));
      }
      Regressor output = new Regressor(names.toArray(String[]::new), values);
      return Stream.generate(output::copy).limit(count).toList();
    }
  }
}
