package org.tim4j.layers.embedding;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.kernel.layer.ClassEmbeddingKernel;
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
 * One learned vector a class: input {@code label} {@code [batch, 1]}, whole numbers from 0 below
 * {@code nIn}; output {@code [batch, hidden]}. No error flows back to the label.
 *
 * @param nIn number of classes, the null class counted
 * @param deviation standard deviation of the first values; null means {@link #PUBLISHED_DEVIATION}
 */
public record ClassEmbedding(int nIn, int hidden, Double deviation) implements VertexDefinition {
  /** Standard deviation of the first values in the paper's code. */
  public static final double PUBLISHED_DEVIATION = 0.02;

  private static final String LABEL = "label";

  /**
   * Checks the settings.
   *
   * @throws InvalidInputException if one is not positive
   */
  public ClassEmbedding {
    Require.atLeast("nIn", nIn, 1);
    Require.atLeast("hidden", hidden, 1);
    deviation = deviation == null ? PUBLISHED_DEVIATION : deviation;
    Require.positive("deviation", deviation.doubleValue());
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public List<String> inputs() {
    return List.of(LABEL);
  }

  @Override
  public MaskUse maskUse(String input) {
    return MaskUse.CARRIED;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.weight(ParameterNames.TABLE, nIn, hidden, InitialValue.normal(deviation)));
  }

  @Override
  public boolean isDifferentiable(String input) {
    return false;
  }

  @Override
  public long[] outputShape(long[]... inputs) {
    new ShapeCheck("ClassEmbedding", LABEL, inputs[0]).rank("[batch, 1]", 2).last("class", 1);
    return new long[] {inputs[0][0], hidden};
  }

  @Override
  public void validateValues(INDArray[] inputs) {
    for (double label : inputs[0].toDoubleVector()) {
      if (label < 0 || label >= nIn || label != Math.rint(label)) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "%s is no class: classes are the whole numbers from 0 to %d.",
                label,
                nIn - 1));
      }
    }
  }

  @Override
  public VertexRunner fusedRunner(Map<String, INDArray> parameters) {
    return new FusedRunner(this, parameters, ClassEmbeddingKernel::new);
  }

  @Override
  public SDVariable define(GraphScope scope) {
    // A product with one-hot nIn: the gradient of a gather from a variable forgets nIn that are
    // given twice in 1.0.0-M2.1.
    SDVariable index = scope.graph().reshape(scope.input(LABEL).castTo(DataType.INT32), -1);
    SDVariable oneHot = scope.graph().oneHot(index, nIn, -1, 1.0, 0.0, scope.type());
    return scope.graph().mmul(oneHot, scope.parameter(ParameterNames.TABLE));
  }

  /** Builder; {@code nIn} and {@code hidden} must be set. */
  public static final class Builder extends VertexBuilder<ClassEmbedding, Builder> {
    private int nIn;
    private int hidden;
    private double deviation = ClassEmbedding.PUBLISHED_DEVIATION;

    private Builder() {}

    /** Number of classes, the null class counted. */
    public Builder nIn(int value) {
      nIn = value;
      return this;
    }

    /** Embedding dimension. */
    public Builder hidden(int value) {
      hidden = value;
      return this;
    }

    /** Standard deviation of the first values, above 0; 0.02 unless set. */
    public Builder deviation(double value) {
      deviation = value;
      return this;
    }

    @Override
    public ClassEmbedding definition() {
      return new ClassEmbedding(nIn, hidden, deviation);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
