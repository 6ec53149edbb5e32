package org.tim4j.layers.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.base.RopeOrder;
import org.tim4j.layers.definition.Linear;
import org.tim4j.layers.kernel.attention.AttentionForm;
import org.tim4j.layers.kernel.layer.CrossAttentionKernel;
import org.tim4j.layers.runtime.FusedRunner;
import org.tim4j.layers.vertex.GraphScope;
import org.tim4j.layers.vertex.MaskUse;
import org.tim4j.layers.vertex.Parameter;
import org.tim4j.layers.vertex.ShapeCheck;
import org.tim4j.layers.vertex.VertexBuilder;
import org.tim4j.layers.vertex.VertexDefinition;
import org.tim4j.layers.vertex.VertexRunner;

/**
 * Attention of tokens to a caption: queries from the tokens, keys and values from the caption.
 * Queries of a grid are turned by their positions, keys are not. Every caption token is attended
 * to, unless a mask of the caption calls it padding.
 *
 * <p>Inputs: {@code tokens} {@code [batch, height, width, hidden]} or {@code [batch, tokens,
 * hidden]}; {@code caption} {@code [batch, length, hidden]}. The output has the shape of {@code
 * tokens}.
 *
 * @param prefix of the parameter names, {@code ""} for a vertex of its own
 * @param hidden embedding dimension of the tokens
 * @param heads number of heads; {@code hidden / heads} is a multiple of 4
 * @param qkNorm whether queries and keys are normalised in each head
 * @param ropeOrder which coordinates the tokens of a grid have
 */
public record CrossAttention(
    String prefix, int hidden, int heads, boolean qkNorm, RopeOrder ropeOrder)
    implements VertexDefinition {
  private static final String TOKENS = "tokens";
  private static final String CAPTION = "caption";

  /**
   * Checks the settings.
   *
   * @throws org.tim4j.layers.base.InvalidInputException if the heads do not fit the hidden size
   */
  public CrossAttention {
    new AttentionHeads(prefix, hidden, heads, qkNorm);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  private AttentionHeads attention() {
    return new AttentionHeads(prefix, hidden, heads, qkNorm);
  }

  private Linear query() {
    return Linear.named(prefix + ParameterNames.QUERY, hidden, hidden);
  }

  private Linear keyValue() {
    return Linear.named(prefix + ParameterNames.KEY_VALUE, hidden, 2L * hidden);
  }

  @Override
  public List<String> inputs() {
    return List.of(TOKENS, CAPTION);
  }

  @Override
  public MaskUse maskUse(String input) {
    return input.equals(CAPTION) ? MaskUse.KEYS : MaskUse.CARRIED;
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(query().parameters());
    parameters.addAll(keyValue().parameters());
    parameters.addAll(attention().parameters());
    return parameters;
  }

  @Override
  public long[] outputShape(long[]... inputs) {
    TokenGrid.check("CrossAttention", TOKENS, inputs[0], hidden);
    new ShapeCheck("CrossAttention", CAPTION, inputs[1])
        .rank("[batch, length, hidden]", 3)
        .last("numbers a token", hidden);
    return inputs[0].clone();
  }

  @Override
  public VertexRunner fusedRunner(Map<String, INDArray> parameters) {
    return new FusedRunner(
        this,
        parameters,
        layout ->
            new CrossAttentionKernel(layout, prefix, new AttentionForm(heads, qkNorm, ropeOrder)));
  }

  @Override
  public SDVariable define(GraphScope scope) {
    long[] shape = scope.shape(TOKENS);
    SDVariable rows =
        define(
            scope,
            scope.rows(TOKENS),
            TokenGrid.of(shape),
            scope.rows(CAPTION),
            scope.tokens(CAPTION));
    return scope.graph().reshape(rows, shape);
  }

  /**
   * Returns the attention's result as rows.
   *
   * @param rows {@code [batch·tokens, hidden]}
   * @param caption {@code [batch·length, hidden]}
   */
  public SDVariable define(
      GraphScope scope, SDVariable rows, TokenGrid grid, SDVariable caption, long length) {
    AttentionHeads attention = attention();
    SDVariable query = attention.split(scope, query().define(scope, rows), grid.tokens(), 1).get(0);
    List<SDVariable> keyAndValue =
        attention.split(scope, keyValue().define(scope, caption), length, 2);
    query = attention.normalizeQuery(scope, query);
    if (grid.positioned()) {
      query = new Rotary(grid, attention.size(), ropeOrder).define(scope, query, heads);
    }
    return attention.attend(
        scope,
        query,
        attention.normalizeKey(scope, keyAndValue.get(0)),
        keyAndValue.get(1),
        scope.mask(CAPTION),
        length);
  }

  /** Builder; {@code hidden} and {@code heads} must be set. */
  public static final class Builder extends VertexBuilder<CrossAttention, Builder> {
    private int hidden;
    private int heads;
    private boolean qkNorm = true;
    private RopeOrder ropeOrder = RopeOrder.ROW_COLUMN;

    private Builder() {}

    /** Embedding dimension of the tokens of both inputs. */
    public Builder hidden(int value) {
      hidden = value;
      return this;
    }

    /** Number of heads; each must have a size that is a multiple of 4. */
    public Builder heads(int value) {
      heads = value;
      return this;
    }

    /** Whether queries and keys are normalised in each head; yes unless set. */
    public Builder qkNorm(boolean value) {
      qkNorm = value;
      return this;
    }

    /** Which coordinates the tokens of a grid have; {@link RopeOrder#ROW_COLUMN} unless set. */
    public Builder ropeOrder(RopeOrder value) {
      ropeOrder = value;
      return this;
    }

    @Override
    public CrossAttention definition() {
      return new CrossAttention(ParameterNames.SOLE, hidden, heads, qkNorm, ropeOrder);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
