package org.tim4j.layers.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Translates the parameters of one vertex from the authors' names, for weights of a module that is
 * stored alone rather than in a network.
 */
public final class ModuleWeights {
  private final Map<String, OfficialTensor> tensors = new LinkedHashMap<>();

  /**
   * @param vertex name of the vertex in a network, such as {@code block0} or {@code final}
   * @param unit what stands before the parameters' names in that vertex, empty if the module is the
   *     whole vertex
   * @param module the authors' name of the module inside a network with the dot behind it, such as
   *     {@code blocks.0.attn.}; the stored names lack it
   * @param shapes of our parameters, by their names in the vertex alone
   */
  public ModuleWeights(String vertex, String unit, String module, Map<String, long[]> shapes) {
    shapes.forEach(
        (parameter, shape) ->
            OfficialNames.of(vertex + "." + unit + parameter, shape, 1, 1)
                .forEach(tensor -> add(module, parameter, tensor)));
  }

  private void add(String module, String parameter, OfficialTensor tensor) {
    String name = tensor.name();
    tensors.put(
        name.startsWith(module) ? name.substring(module.length()) : name,
        new OfficialTensor(
            name, tensor.shape(), parameter, tensor.arrangement(), tensor.from(), tensor.to()));
  }

  /** Returns the stored names. */
  public List<String> names() {
    return List.copyOf(tensors.keySet());
  }

  /** Returns the authors' shape of a tensor. */
  public long[] shape(String name) {
    return tensors.get(name).shape().clone();
  }

  /**
   * Copies the values of one tensor into its part of a parameter, converting their type.
   *
   * @param values of the tensor's {@link #shape}
   * @param parameters our parameters by their names in the vertex
   */
  public void load(String name, INDArray values, Map<String, INDArray> parameters) {
    OfficialTensor tensor = tensors.get(name);
    tensor.load(values, parameters.get(tensor.parameter()));
  }
}
