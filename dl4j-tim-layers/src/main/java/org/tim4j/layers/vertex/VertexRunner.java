package org.tim4j.layers.vertex;

import java.util.Map;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The running part of one vertex.
 *
 * <p>It reads the parameter arrays that it was made with and changes neither them nor its inputs. A
 * runner serves one thread at a time and one pass at a time: {@link #backward} belongs to the last
 * {@link #forward} with {@code training} set.
 */
public interface VertexRunner {
  /**
   * Returns the output.
   *
   * @param inputs arrays of checked shapes, and masks
   * @throws org.tim4j.layers.base.InvalidInputException if this runner cannot honour a mask
   * @param training whether {@link #backward} may follow; if not, nothing is kept
   * @param workspaces the result lies in its {@code ACTIVATIONS}
   */
  INDArray forward(VertexInputs inputs, boolean training, LayerWorkspaceMgr workspaces);

  /**
   * Returns the gradients with respect to the inputs and writes those of the parameters.
   *
   * @param inputs those of the last forward pass
   * @param outputError the gradient with respect to the output, of the output's shape
   * @param parameterErrors arrays by parameter name, overwritten
   * @param workspaces the results lie in its {@code ACTIVATION_GRAD}
   */
  INDArray[] backward(
      VertexInputs inputs,
      INDArray outputError,
      Map<String, INDArray> parameterErrors,
      LayerWorkspaceMgr workspaces);
}
