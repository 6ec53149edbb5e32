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
import org.tim4j.layers.kernel.layer.AttentionKernel;
import org.tim4j.layers.runtime.FusedRunner;
import org.tim4j.layers.vertex.GraphScope;
import org.tim4j.layers.vertex.InitialValue;
import org.tim4j.layers.vertex.MaskUse;
import org.tim4j.layers.vertex.Parameter;
import org.tim4j.layers.vertex.ShapeCheck;
import org.tim4j.layers.vertex.VertexBuilder;
import org.tim4j.layers.vertex.VertexDefinition;
import org.tim4j.layers.vertex.VertexRunner;

/**
 * Interval-aware self-attention: queries, keys and values of a token are {@code x·qkvW + qkvb +
 * d·intervalW}, where {@code d} embeds the length of the transition (TiM, arXiv 2509.04394).
 *
 * <p>Inputs: {@code tokens} {@code [batch, height, width, hidden]} or, without positions, {@code
 * [batch, tokens, hidden]}; and, if {@code distanceAware}, {@code interval} {@code [batch,
 * hidden]}. The output has the shape of {@code tokens}. Tokens that a mask of {@code tokens} calls
 * padding are attended to by none.
 *
 * @param hidden embedding dimension of the tokens
 * @param heads number of heads; {@code hidden / heads} is a multiple of 4
 * @param qkNorm whether queries and keys are normalised in each head
 * @param distanceAware whether there is an {@code interval} input
 * @param ropeOrder which coordinates the tokens of a grid have
 */
public record IntervalAttention(
    int hidden, int heads, boolean qkNorm, boolean distanceAware, RopeOrder ropeOrder)
    implements VertexDefinition {
  private static final String TOKENS = "tokens";
  private static final String INTERVAL = "interval";
  private static final String INTERVAL_WEIGHT = ParameterNames.weight(ParameterNames.INTERVAL);

  /**
   * Checks the settings.
   *
   * @throws org.tim4j.layers.base.InvalidInputException if the heads do not fit the hidden size
   */
  public IntervalAttention {
    new AttentionHeads(ParameterNames.SOLE, hidden, heads, qkNorm);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  private AttentionHeads attention() {
    return new AttentionHeads(ParameterNames.SOLE, hidden, heads, qkNorm);
  }

  private Linear queryKeyValue() {
    return Linear.named(ParameterNames.QUERY_KEY_VALUE, hidden, 3L * hidden);
  }

  @Override
  public List<String> inputs() {
    return distanceAware ? List.of(TOKENS, INTERVAL) : List.of(TOKENS);
  }

  @Override
  public MaskUse maskUse(String input) {
    return input.equals(TOKENS) ? MaskUse.KEYS : MaskUse.REFUSED;
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(queryKeyValue().parameters());
    if (distanceAware) {
      parameters.add(
          Parameter.weight(
              INTERVAL_WEIGHT, hidden, 3L * hidden, InitialValue.xavier(hidden, 3L * hidden)));
    }
    parameters.addAll(attention().parameters());
    return parameters;
  }

  @Override
  public long[] outputShape(long[]... inputs) {
    TokenGrid.check("IntervalAttention", TOKENS, inputs[0], hidden);
    if (distanceAware) {
      new ShapeCheck("IntervalAttention", INTERVAL, inputs[1])
          .rank("[batch, hidden]", 2)
          .last("numbers", hidden);
    }
    return inputs[0].clone();
  }

  @Override
  public VertexRunner fusedRunner(Map<String, INDArray> parameters) {
    return new FusedRunner(
        this,
        parameters,
        layout ->
            new AttentionKernel(
                layout, new AttentionForm(heads, qkNorm, ropeOrder), distanceAware));
  }

  @Override
  public SDVariable define(GraphScope scope) {
    long[] shape = scope.shape(TOKENS);
    SDVariable interval = distanceAware ? scope.input(INTERVAL) : null;
    SDVariable rows = define(scope, scope.rows(TOKENS), interval, TokenGrid.of(shape));
    return scope.graph().reshape(rows, shape);
  }

  /**
   * Returns the attention's result as rows.
   *
   * @param rows {@code [batch·tokens, hidden]}
   * @param interval {@code [batch, hidden]}; not looked at unless {@code distanceAware}
   */
  public SDVariable define(GraphScope scope, SDVariable rows, SDVariable interval, TokenGrid grid) {
    SDVariable projected =
        scope.graph().reshape(queryKeyValue().define(scope, rows), -1, grid.tokens(), 3L * hidden);
    if (distanceAware) {
      SDVariable shift = scope.graph().mmul(interval, scope.parameter(INTERVAL_WEIGHT));
      projected = projected.add(scope.graph().expandDims(shift, 1));
    }
    AttentionHeads attention = attention();
    List<SDVariable> parts = attention.split(scope, projected, grid.tokens(), 3);
    SDVariable query = attention.normalizeQuery(scope, parts.get(0));
    SDVariable key = attention.normalizeKey(scope, parts.get(1));
    if (grid.positioned()) {
      Rotary rotary = new Rotary(grid, attention.size(), ropeOrder);
      query = rotary.define(scope, query, heads);
      key = rotary.define(scope, key, heads);
    }
    return attention.attend(scope, query, key, parts.get(2), scope.mask(TOKENS), grid.tokens());
  }

  /** Builder; {@code hidden} and {@code heads} must be set. */
  public static final class Builder extends VertexBuilder<IntervalAttention, Builder> {
    private int hidden;
    private int heads;
    private boolean qkNorm = true;
    private boolean distanceAware;
    private RopeOrder ropeOrder = RopeOrder.ROW_COLUMN;

    private Builder() {}

    /** Embedding dimension of the tokens. */
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

    /** Whether there is a second input that embeds an interval; no unless set. */
    public Builder distanceAware(boolean value) {
      distanceAware = value;
      return this;
    }

    /** Which coordinates the tokens of a grid have; {@link RopeOrder#ROW_COLUMN} unless set. */
    public Builder ropeOrder(RopeOrder value) {
      ropeOrder = value;
      return this;
    }

    @Override
    public IntervalAttention definition() {
      return new IntervalAttention(hidden, heads, qkNorm, distanceAware, ropeOrder);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
