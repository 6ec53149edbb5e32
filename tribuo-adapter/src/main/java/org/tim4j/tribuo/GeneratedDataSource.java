package org.tim4j.tribuo;

import java.util.Iterator;
import java.util.List;
import org.tim4j.tribuo.provenance.GeneratedDataSourceProvenance;
import org.tribuo.DataSource;
import org.tribuo.Example;
import org.tribuo.Output;
import org.tribuo.OutputFactory;

/**
 * Generated examples, held in memory, with a provenance that embeds the generator's.
 *
 * <p>The iterator returns copies, because transformations of a data set change its examples.
 *
 * @param <T> the type of output
 */
public final class GeneratedDataSource<T extends Output<T>> implements DataSource<T> {
  private final List<Example<T>> examples;
  private final OutputFactory<T> outputFactory;
  private final GeneratedDataSourceProvenance provenance;

  GeneratedDataSource(
      List<Example<T>> examples,
      OutputFactory<T> outputFactory,
      GeneratedDataSourceProvenance provenance) {
    this.examples = List.copyOf(examples);
    this.outputFactory = outputFactory;
    this.provenance = provenance;
  }

  /** The number of examples. */
  public int size() {
    return examples.size();
  }

  @Override
  public Iterator<Example<T>> iterator() {
    return examples.stream().map(Example::copy).iterator();
  }

  @Override
  public OutputFactory<T> getOutputFactory() {
    return outputFactory;
  }

  @Override
  public GeneratedDataSourceProvenance getProvenance() {
    return provenance;
  }

  @Override
  public String toString() {
    return "GeneratedDataSource(size=" + size() + ")";
  }
}
