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
import org.tim4j.layers.vertex.VertexBuilder;
import org.tim4j.layers.vertex.VertexDefinition;
import org.tim4j.layers.vertex.VertexRunner;

/**
 * The last vertex of a network of table rows, the reverse of {@code FeatureTokenizer}: the numbers
 * of column j are read from token j alone, by the formula of {@link OutputProjection} with weights
 * of their own.
 *
 * <p>Inputs {@code tokens} {@code [batch, columns, hidden]} and {@code condition} {@code [batch,
 * hidden]}; output {@code [batch, 1, numbers]}. The columns of {@code W} {@code [hidden, numbers]}
 * and the values of {@code b} are in the order of the row. At first the output is 0.
 */
public record FeatureDetokenizer(List<Integer> columns, int hidden) implements VertexDefinition {

  /**
   * Checks the settings.
   *
   * @throws org.tim4j.layers.base.InvalidInputException if there is no column or a number is not
   *     positive
   */
  public FeatureDetokenizer {
    columns = new TableColumns(columns).widths();
    Require.atLeast("hidden", hidden, 1);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  private TableColumns table() {
    return new TableColumns(columns);
  }

  /** What gives every number of the row for every token, of which the token's own are taken. */
  private OutputProjection everyNumber() {
    return new OutputProjection(hidden, table().total(), 1);
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

  /** Builder; {@code columns} and {@code hidden} must be set. */
  public static final class Builder extends VertexBuilder<FeatureDetokenizer, Builder> {
    private List<Integer> columns = List.of();
    private int hidden;

    private Builder() {}

    /** How many numbers of a row each column has, in their order. */
    public Builder columns(List<Integer> value) {
      columns = value;
      return this;
    }

    /** Embedding dimension of the tokens. */
    public Builder hidden(int value) {
      hidden = value;
      return this;
    }

    @Override
    public FeatureDetokenizer definition() {
      return new FeatureDetokenizer(columns, hidden);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
