package org.tim4j.objective.dropin;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Shows pictures {@code [batch, channels, height, width]} to a loss as rows {@code [batch,
 * channels·height·width]}, whatever their size: Deeplearning4j's own preprocessor knows one size
 * only.
 */
public final class FlattenedPicture implements InputPreProcessor {
  private static final long serialVersionUID = 1L;

  /** Shape of the last pictures, to which their gradient is brought back. */
  private transient long[] shape;

  @Override
  public INDArray preProcess(INDArray input, int miniBatchSize, LayerWorkspaceMgr workspaces) {
    shape = input.shape().clone();
    return workspaces
        .dup(ArrayType.ACTIVATIONS, input, 'c')
        .reshape('c', shape[0], input.length() / shape[0]);
  }

  @Override
  public INDArray backprop(INDArray error, int miniBatchSize, LayerWorkspaceMgr workspaces) {
    return workspaces.dup(ArrayType.ACTIVATION_GRAD, error, 'c').reshape('c', shape);
  }

  @Override
  public InputType getOutputType(InputType inputType) {
    return InputType.feedForward(inputType.arrayElementsPerExample());
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int miniBatchSize) {
    return new Pair<>(mask, state);
  }

  @Override
  public InputPreProcessor clone() {
    return new FlattenedPicture();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FlattenedPicture;
  }

  @Override
  public int hashCode() {
    return FlattenedPicture.class.hashCode();
  }

  @Override
  public String toString() {
    return "FlattenedPicture";
  }
}
