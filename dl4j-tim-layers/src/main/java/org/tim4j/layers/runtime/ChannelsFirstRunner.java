package org.tim4j.layers.runtime;

import java.util.Map;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.vertex.VertexInputs;
import org.tim4j.layers.vertex.VertexRunner;

/**
 * Images {@code [batch, height, width, channels]} for a vertex of one input that reads {@code
 * [batch, channels, height, width]}.
 *
 * @param runner what runs the vertex
 */
public record ChannelsFirstRunner(VertexRunner runner) implements VertexRunner {
  @Override
  public INDArray forward(VertexInputs inputs, boolean training, LayerWorkspaceMgr workspaces) {
    return runner.forward(channelsFirst(inputs), training, workspaces);
  }

  @Override
  public INDArray[] backward(
      VertexInputs inputs,
      INDArray outputError,
      Map<String, INDArray> parameterErrors,
      LayerWorkspaceMgr workspaces) {
    INDArray error =
        runner.backward(channelsFirst(inputs), outputError, parameterErrors, workspaces)[0];
    return new INDArray[] {
      workspaces.dup(ArrayType.ACTIVATION_GRAD, error.permute(0, 2, 3, 1), 'c')
    };
  }

  private static VertexInputs channelsFirst(VertexInputs inputs) {
    return VertexInputs.unmasked(inputs.arrays()[0].permute(0, 3, 1, 2));
  }
}
