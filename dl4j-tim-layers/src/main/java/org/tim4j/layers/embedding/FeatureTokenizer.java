package org.tim4j.layers.embedding;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.definition.TableColumns;
import org.tim4j.layers.kernel.layer.ColumnTokens;
import org.tim4j.layers.kernel.layer.FeatureTokenizerKernel;
import org.tim4j.layers.runtime.FusedRunner;
import org.tim4j.layers.vertex.GraphScope;
import org.tim4j.layers.vertex.InitialValue;
import org.tim4j.layers.vertex.Parameter;
import org.tim4j.layers.vertex.ShapeCheck;
import org.tim4j.layers.vertex.VertexBuilder;
import org.tim4j.layers.vertex.VertexDefinition;
import org.tim4j.layers.vertex.VertexRunner;

/**
 * The feature tokenizer of Gorishniy et al., "Revisiting deep learning models for tabular data",
 * arXiv 2106.11959, section 3.3: a row of a table as one token a column, {@code token_j = x_j·W_j +
 * b_j}, where {@code x_j} are the numbers of column j.
 *
 * <p>Input {@code row} {@code [batch, 1, numbers]}; output {@code [batch, columns, hidden]}. The
 * {@code W_j} lie one below the other in {@code W} {@code [numbers, hidden]}, the {@code b_j} are
 * the rows of {@code b} {@code [columns, hidden]}. Each column's own weights tell its token from
 * the others, which attention without positions does not.
 */
public record FeatureTokenizer(List<Integer> columns, int hidden) implements VertexDefinition {
  private static final String ROW = "row";
  private static final String WEIGHT = ParameterNames.weight(ParameterNames.SOLE);
  private static final String BIAS = ParameterNames.bias(ParameterNames.SOLE);

  /**
   * Checks the settings.
   *
   * @throws org.tim4j.layers.base.InvalidInputException if there is no column or a number is not
   *     positive
   */
  public FeatureTokenizer {
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

  @Override
  public List<String> inputs() {
    return List.of(ROW);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The biases are drawn like the weights: a token without a bias would be nothing but the
   * direction {@code ±W_j} after the layer norm of the first block.
   */
  @Override
  public List<Parameter> parameters() {
    InitialValue initial = InitialValue.xavier(1, hidden);
    return List.of(
        Parameter.weight(WEIGHT, table().total(), hidden, initial),
        new Parameter(
            BIAS, Parameter.Role.BIAS, List.of((long) columns.size(), (long) hidden), initial));
  }

  @Override
  public long[] outputShape(long[]... inputs) {
    new ShapeCheck("FeatureTokenizer", ROW, inputs[0])
        .rank("[batch, 1, numbers]", 3)
        .extent(1, "row", 1)
        .last("numbers", table().total());
    return new long[] {inputs[0][0], columns.size(), hidden};
  }

  @Override
  public VertexRunner fusedRunner(Map<String, INDArray> parameters) {
    return new FusedRunner(
        this, parameters, layout -> new FeatureTokenizerKernel(layout, new ColumnTokens(columns)));
  }

  @Override
  public SDVariable define(GraphScope scope) {
    TableColumns table = table();
    SDVariable cut = scope.rows(table.cut(scope, scope.input(ROW)), table.total());
    SDVariable tokens = scope.graph().mmul(cut, scope.parameter(WEIGHT));
    long row = (long) columns.size() * hidden;
    SDVariable rows = scope.graph().reshape(tokens, -1, row);
    SDVariable sum = rows.add(scope.graph().reshape(scope.parameter(BIAS), row));
    return scope.graph().reshape(sum, -1, columns.size(), hidden);
  }

  /** Builder; {@code columns} and {@code hidden} must be set. */
  public static final class Builder extends VertexBuilder<FeatureTokenizer, Builder> {
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
    public FeatureTokenizer definition() {
      return new FeatureTokenizer(columns, hidden);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
