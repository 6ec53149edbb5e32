package org.tim4j.layers.block;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.definition.TableColumns;
import org.tim4j.layers.kernel.layer.ColumnTokens;
import org.tim4j.layers.kernel.layer.OutputProjectionKernel;
import org.tim4j.layers.runtime.FusedRunner;
import org.tim4j.layers.vertex.GraphScope;
import org.tim4j.layers.vertex.Parameter;
import org.tim4j.layers.vertex.ShapeCheck;
import org.tim4j.layers.vertex.VertexDefinition;
import org.tim4j.layers.vertex.VertexRunner;

/**
 * The last vertex of a network of table rows, the reverse of {@code FeatureTokenizer}: the numbers
 * of column j are read from token j alone, by the formula of {@link PictureProjection} with weights
 * of their own.
 *
 * <p>Inputs {@code tokens} {@code [batch, columns, hidden]} and {@code condition} {@code [batch,
 * hidden]}; output {@code [batch, 1, numbers]}. The columns of {@code W} {@code [hidden, numbers]}
 * and the values of {@code b} are in the order of the row. At first the output is 0.
 */
public record RowProjection(List<Integer> columns, int hidden) implements VertexDefinition {

  /**
   * Checks the settings.
   *
   * @throws org.tim4j.layers.base.InvalidInputException if there is no column or a number is not
   *     positive
   */
  public RowProjection {
    columns = new TableColumns(columns).widths();
    Require.atLeast("hidden", hidden, 1);
  }

  private TableColumns table() {
    return new TableColumns(columns);
  }

  /** What gives every number of the row for every token, of which the token's own are taken. */
  private PictureProjection everyNumber() {
    return new PictureProjection(hidden, table().total(), 1);
  }

  @Override
  public List<String> inputs() {
    return everyNumber().inputs();
  }

  @Override
  public List<Parameter> parameters() {
    return everyNumber().parameters();
  }

  @Override
  public long[] outputShape(long[]... inputs) {
    new ShapeCheck("FeatureDetokenizer", inputs().get(0), inputs[0])
        .rank("[batch, columns, hidden]", 3)
        .extent(1, "columns", columns.size());
    long[] shape = everyNumber().outputShape(inputs);
    return new long[] {shape[0], 1, shape[2]};
  }

  @Override
  public VertexRunner fusedRunner(Map<String, INDArray> parameters) {
    return new FusedRunner(
        this, parameters, layout -> new OutputProjectionKernel(layout, new ColumnTokens(columns)));
  }

  @Override
  public SDVariable define(GraphScope scope) {
    return table().join(scope, everyNumber().define(scope));
  }
}
