package org.tim4j.layers.vertex;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs a definition in SameDiff. A graph is built for every set of input shapes (batch aside) and
 * masked inputs that comes along, because rotary positions and patches depend on the size of the
 * grid.
 */
final class SameDiffRunner implements VertexRunner {
  /** Sizes in use at one time; buckets of a native-resolution data set are fewer. */
  private static final int CACHED_PROGRAMS = 32;

  private final VertexDefinition definition;
  private final DataType type;
  private final Map<String, INDArray> parameters;
  private final Map<Form, SameDiffProgram> programs = leastRecentlyUsed();

  /** What a program is built for. */
  private record Form(List<List<Long>> shapes, Set<String> masked) {
    static List<Long> boxed(long[] shape) {
      return Arrays.stream(shape).boxed().toList();
    }
  }

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
  public INDArray forward(VertexInputs inputs, boolean training, LayerWorkspaceMgr workspaces) {
    return program(inputs).forward(inputs, workspaces);
  }

  @Override
  public INDArray[] backward(
      VertexInputs inputs,
      INDArray outputError,
      Map<String, INDArray> parameterErrors,
      LayerWorkspaceMgr workspaces) {
    return program(inputs).backward(inputs, outputError, parameterErrors, workspaces);
  }

  private SameDiffProgram program(VertexInputs inputs) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    Set<String> masked = new LinkedHashSet<>();
    for (int i = 0; i < inputs.arrays().length; i++) {
      String name = definition.inputs().get(i);
      long[] shape = inputs.arrays()[i].shape().clone();
      shape[0] = -1;
      shapes.put(name, shape);
      if (inputs.masks()[i] != null) {
        masked.add(name);
      }
    }
    Form form = new Form(shapes.values().stream().map(Form::boxed).toList(), masked);
    return programs.computeIfAbsent(
        form, absent -> new SameDiffProgram(definition, type, parameters, shapes, masked));
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
