package org.tim4j.layers.block;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.attention.CrossAttention;
import org.tim4j.layers.attention.IntervalAttention;
import org.tim4j.layers.attention.TokenGrid;
import org.tim4j.layers.base.MethodConstants;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.definition.GatedUnit;
import org.tim4j.layers.definition.LayerNorm;
import org.tim4j.layers.kernel.attention.AttentionForm;
import org.tim4j.layers.kernel.block.BlockKernel;
import org.tim4j.layers.kernel.layer.Keep;
import org.tim4j.layers.runtime.FusedRunner;
import org.tim4j.layers.vertex.GraphScope;
import org.tim4j.layers.vertex.MaskUse;
import org.tim4j.layers.vertex.Parameter;
import org.tim4j.layers.vertex.ShapeCheck;
import org.tim4j.layers.vertex.VertexBuilder;
import org.tim4j.layers.vertex.VertexDefinition;
import org.tim4j.layers.vertex.VertexRunner;

/**
 * A transformer block whose normalisations are modulated by the condition c:
 *
 * <pre>
 * m = SwiGLU(c), cut into (shift, scale, gate) for each of the parts below
 * x = x + gate · Attention(LayerNorm(x)·(1 + scale) + shift, interval)
 * x = x + gate · CrossAttention(LayerNorm(x)·(1 + scale) + shift, LayerNorm(caption))   if captioned
 * x = x + gate · SwiGLU(LayerNorm(x)·(1 + scale) + shift)
 * </pre>
 *
 * <p>Inputs, in this order: {@code tokens} {@code [batch, height, width, hidden]} or {@code [batch,
 * tokens, hidden]}; {@code condition} {@code [batch, hidden]}; if the attention is distance-aware,
 * {@code interval} {@code [batch, hidden]}; if captioned, {@code caption} {@code [batch, length,
 * hidden]}. The output has the shape of {@code tokens}. Padding in {@code tokens} or {@code
 * caption}, which a mask tells, is attended to by none. At first the block is the identity.
 *
 * @param attention the self-attention; its hidden size is the block's
 * @param mlpHidden width of the feed-forward unit
 * @param modulationRank width of the modulating unit
 * @param captioned whether there is a caption
 * @param activations what a training forward on the fused runtime keeps; null means {@link
 *     BlockActivations#KEEP}
 */
public record TimBlock(
    IntervalAttention attention,
    int mlpHidden,
    int modulationRank,
    boolean captioned,
    BlockActivations activations)
    implements VertexDefinition {
  private static final String TOKENS = "tokens";
  private static final String CONDITION = "condition";
  private static final String INTERVAL = "interval";
  private static final String CAPTION = "caption";
  private static final int CHUNKS_PER_PART = 3;

  /**
   * Checks the settings.
   *
   * @throws org.tim4j.layers.base.InvalidInputException if a size is not positive or there is no
   *     attention
   */
  public TimBlock {
    Require.present("attention", attention);
    Require.atLeast("mlpHidden", mlpHidden, 1);
    Require.atLeast("modulationRank", modulationRank, 1);
    activations = activations == null ? BlockActivations.KEEP : activations;
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the embedding dimension of the tokens. */
  public int hidden() {
    return attention.hidden();
  }

  private int chunks() {
    return CHUNKS_PER_PART * (captioned ? 3 : 2);
  }

  private GatedUnit modulation() {
    return new GatedUnit(
        ParameterNames.MODULATION, hidden(), modulationRank, (long) chunks() * hidden());
  }

  private GatedUnit mlp() {
    return new GatedUnit(ParameterNames.MLP, hidden(), mlpHidden, hidden());
  }

  private CrossAttention cross() {
    return new CrossAttention(
        ParameterNames.CROSS,
        hidden(),
        attention.heads(),
        attention.qkNorm(),
        attention.ropeOrder());
  }

  @Override
  public List<String> inputs() {
    List<String> inputs = new ArrayList<>(List.of(TOKENS, CONDITION));
    if (attention.distanceAware()) {
      inputs.add(INTERVAL);
    }
    if (captioned) {
      inputs.add(CAPTION);
    }
    return inputs;
  }

  @Override
  public MaskUse maskUse(String input) {
    return input.equals(TOKENS) || input.equals(CAPTION) ? MaskUse.KEYS : MaskUse.REFUSED;
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(modulation().parametersWithZeroOutput());
    parameters.addAll(attention.parameters());
    if (captioned) {
      parameters.addAll(cross().parameters());
    }
    parameters.addAll(mlp().parameters());
    return parameters;
  }

  @Override
  public long[] outputShape(long[]... inputs) {
    TokenGrid.check("TimBlock", TOKENS, inputs[0], hidden());
    for (int i = 1; i < inputs.length; i++) {
      ShapeCheck check = new ShapeCheck("TimBlock", inputs().get(i), inputs[i]);
      if (inputs().get(i).equals(CAPTION)) {
        check.rank("[batch, length, hidden]", 3);
      } else {
        check.rank("[batch, hidden]", 2);
      }
      check.last("numbers", hidden());
    }
    return inputs[0].clone();
  }

  @Override
  public VertexRunner fusedRunner(Map<String, INDArray> parameters) {
    return new FusedRunner(
        this,
        parameters,
        layout ->
            new BlockKernel(
                layout,
                new AttentionForm(attention.heads(), attention.qkNorm(), attention.ropeOrder()),
                attention.distanceAware(),
                captioned),
        activations == BlockActivations.KEEP ? Keep.ACTIVATIONS : Keep.NOTHING);
  }

  @Override
  public SDVariable define(GraphScope scope) {
    SameDiff graph = scope.graph();
    TokenGrid grid = TokenGrid.of(scope.shape(TOKENS));
    List<SDVariable> chunks =
        scope.split(
            graph.expandDims(modulation().define(scope, scope.input(CONDITION)), 1), chunks(), 3);
    SDVariable x = graph.reshape(scope.input(TOKENS), -1, grid.tokens(), hidden());
    SDVariable interval = attention.distanceAware() ? scope.input(INTERVAL) : null;

    ResidualPart part = new ResidualPart(scope, chunks.subList(0, 3), grid.tokens(), hidden());
    x = part.add(x, attention.define(scope, part.modulated(x), interval, grid));
    if (captioned) {
      part = new ResidualPart(scope, chunks.subList(3, 6), grid.tokens(), hidden());
      x =
          part.add(
              x,
              cross()
                  .define(scope, part.modulated(x), grid, caption(scope), scope.tokens(CAPTION)));
    }
    part =
        new ResidualPart(
            scope, chunks.subList(chunks() - CHUNKS_PER_PART, chunks()), grid.tokens(), hidden());
    x = part.add(x, mlp().define(scope, part.modulated(x)));
    return graph.reshape(x, scope.shape(TOKENS));
  }

  private static SDVariable caption(GraphScope scope) {
    return LayerNorm.normalize(scope, scope.rows(CAPTION), 1, MethodConstants.PLAIN_EPSILON);
  }

  /** Builder; {@code attention}, {@code mlpHidden} and {@code modulationRank} must be set. */
  public static final class Builder extends VertexBuilder<TimBlock, Builder> {
    private IntervalAttention attention;
    private int mlpHidden;
    private int modulationRank;
    private boolean captioned = false;
    private BlockActivations activations = BlockActivations.KEEP;

    private Builder() {}

    /** The self-attention; its hidden size is the block's. */
    public Builder attention(IntervalAttention value) {
      attention = value;
      return this;
    }

    /** Width of the feed-forward part. */
    public Builder mlpHidden(int value) {
      mlpHidden = value;
      return this;
    }

    /** Width of the unit that modulates. */
    public Builder modulationRank(int value) {
      modulationRank = value;
      return this;
    }

    /** Whether there is a caption input that the tokens attend to; no unless set. */
    public Builder captioned(boolean value) {
      captioned = value;
      return this;
    }

    /** What a training forward on the fused runtime keeps; everything unless set. */
    public Builder activations(BlockActivations value) {
      activations = value;
      return this;
    }

    @Override
    public TimBlock definition() {
      return new TimBlock(attention, mlpHidden, modulationRank, captioned, activations);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
