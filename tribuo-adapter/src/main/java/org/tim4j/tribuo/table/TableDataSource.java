package org.tim4j.tribuo.table;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.tribuo.provenance.TimDataSourceProvenance;
import org.tribuo.ConfigurableDataSource;
import org.tribuo.Example;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.regression.Regressor;

/**
 * The rows of a CSV file, read by metadata, for Tribuo's programs and configuration files: a number
 * is a feature of its column's name, a category the feature {@code column@text} with the value 1, a
 * missing value no feature.
 *
 * @param <T> the type of output
 */
public final class TableDataSource<T extends Output<T>> implements ConfigurableDataSource<T> {
  @Config(mandatory = true, description = "The CSV file, with a header.")
  private Path csvPath;

  @Config(description = "The metadata of its columns; what it does not say is found out.")
  private Path metadataPath;

  @Config(mandatory = true, description = "Factory of the outputs: labels or regressors.")
  private OutputFactory<T> outputFactory;

  @Config(mandatory = true, description = "The columns that are the output.")
  private List<String> labels = new ArrayList<>();

  private LabelledTable table;
  private List<Example<T>> examples;

  /** For OLCUT. */
  private TableDataSource() {}

  /**
   * Reads a file.
   *
   * @param csvPath the file
   * @param metadataPath the metadata of its columns, or null to find out
   * @param outputFactory factory of labels or regressors
   * @param labels the columns that are the output
   * @throws PropertyException if the file is unusable, with the line and column at fault
   */
  public TableDataSource(
      Path csvPath, Path metadataPath, OutputFactory<T> outputFactory, List<String> labels) {
    this.csvPath = csvPath;
    this.metadataPath = metadataPath;
    this.outputFactory = outputFactory;
    this.labels = List.copyOf(labels);
    postConfig();
  }

  /** Used by the OLCUT configuration system, and should not be called by external code. */
  @Override
  public void postConfig() {
    try {
      TableFile file =
          metadataPath == null
              ? TableFile.open(csvPath)
              : TableFile.open(csvPath, TableSchema.read(metadataPath));
      OutputKind kind =
          outputFactory.getUnknownOutput() instanceof Regressor
              ? OutputKind.NUMBERS
              : OutputKind.CLASSES;
      table = LabelledTable.of(file, labels, kind);
      examples = table.dataset(outputFactory).getData();
    } catch (InvalidInputException e) {
      throw new PropertyException(e, "", "csvPath", e.getMessage());
    }
  }

  /** The metadata, complete. */
  public TableSchema schema() {
    return table.file().schema();
  }

  @Override
  public OutputFactory<T> getOutputFactory() {
    return outputFactory;
  }

  @Override
  public Iterator<Example<T>> iterator() {
    return examples.stream().map(Example::copy).iterator();
  }

  @Override
  public TimDataSourceProvenance getProvenance() {
    return new TimDataSourceProvenance(this, csvPath);
  }

  @Override
  public String toString() {
    return "TableDataSource(csvPath=" + csvPath + ",labels=" + labels + ")";
  }
}
