package org.tim4j.layers.vertex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs a definition in SameDiff. A graph is built for every set of input shapes (batch aside) that
 * comes along, because rotary positions and patches depend on the size of the grid.
 */
final class SameDiffRunner implements VertexRunner {
  /** Sizes in use at one time; buckets of a native-resolution data set are fewer. */
  private static final int CACHED_PROGRAMS = 32;

  private final VertexDefinition definition;
  private final DataType type;
  private final Map<String, INDArray> parameters;
  private final Map<List<List<Long>>, SameDiffProgram> programs = leastRecentlyUsed();

  /**
   * Makes the runner.
   *
   * @param parameters live arrays by name, of type {@code type}
   */
  SameDiffRunner(VertexDefinition definition, DataType type, Map<String, INDArray> parameters) {
    this.definition = definition;
    this.type = type;
    this.parameters = parameters;
  }

  @Override
  public INDArray forward(INDArray[] inputs, boolean training, LayerWorkspaceMgr workspaces) {
    return program(inputs).forward(inputs, workspaces);
  }

  @Override
  public INDArray[] backward(
      INDArray[] inputs,
      INDArray outputError,
      Map<String, INDArray> parameterErrors,
      LayerWorkspaceMgr workspaces) {
    return program(inputs).backward(inputs, outputError, parameterErrors, workspaces);
  }

  private SameDiffProgram program(INDArray[] inputs) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    List<List<Long>> key = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      long[] shape = inputs[i].shape().clone();
      shape[0] = -1;
      shapes.put(definition.inputs().get(i), shape);
      key.add(Arrays.stream(shape).boxed().toList());
    }
    return programs.computeIfAbsent(
        key, absent -> new SameDiffProgram(definition, type, parameters, shapes));
  }

  private static <K, V> Map<K, V> leastRecentlyUsed() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > CACHED_PROGRAMS;
      }
    };
  }
}
