package org.tim4j.layers;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.runtime.ArraySum;

/**
 * Runs the vertices of a graph that given outputs depend on, and frees every activation as soon as
 * it is not needed any more, for the next pass to use.
 *
 * <p>Deeplearning4j's own passes compute every vertex up to the last output and leave it to the
 * garbage collector to free off-heap activations.
 */
@SuppressWarnings("try") // A workspace scope is opened for its effect, not for a value.
final class NetworkPass {
  private final ComputationGraph graph;
  private final GraphVertex[] vertices;
  private final int[] order;
  private final Map<String, Integer> indices = new HashMap<>();
  private final ActivationPool pool = new ActivationPool();
  private final LayerWorkspaceMgr workspaces = new PooledWorkspaces(pool);

  /** Activations of the last training pass. */
  private final List<INDArray> kept = new ArrayList<>();

  NetworkPass(ComputationGraph graph) {
    this.graph = graph;
    vertices = graph.getVertices();
    order = graph.topologicalSortOrder();
    for (GraphVertex vertex : vertices) {
      indices.put(vertex.getVertexName(), vertex.getVertexIndex());
    }
  }

  /**
   * Returns the outputs, which become the caller's; nothing is kept.
   *
   * @param mask of the first input, or null
   */
  List<INDArray> infer(INDArray[] inputs, INDArray mask, List<String> outputs) {
    setMask(mask, inputs.length);
    try {
      return infer(inputs, outputs);
    } finally {
      setMask(null, inputs.length);
    }
  }

  private List<INDArray> infer(INDArray[] inputs, List<String> outputs) {
    Map<Integer, INDArray> activations = new HashMap<>();
    Set<Integer> needed = needed(outputs);
    Map<Integer, Integer> uses = uses(needed, outputs);
    for (int index : order) {
      if (needed.contains(index)) {
        activations.put(index, forward(index, inputs, activations, false));
        vertices[index].clear();
        for (int source : sources(index)) {
          if (uses.merge(source, -1, Integer::sum) == 0 && !vertices[source].isInputVertex()) {
            pool.giveBack(activations.remove(source));
          }
        }
      }
    }
    return results(outputs, activations);
  }

  /**
   * Returns the outputs, which become the caller's, and keeps what {@link #backward} needs.
   *
   * @param mask of the first input, or null
   */
  List<INDArray> train(INDArray[] inputs, INDArray mask, List<String> outputs) {
    release();
    setMask(mask, inputs.length);
    Map<Integer, INDArray> activations = new LinkedHashMap<>();
    Set<Integer> needed = needed(outputs);
    for (int index : order) {
      if (needed.contains(index)) {
        activations.put(index, forward(index, inputs, activations, true));
      }
    }
    List<INDArray> results = results(outputs, activations);
    activations.forEach(
        (index, activation) -> {
          if (!vertices[index].isInputVertex() && !outputs.contains(name(index))) {
            kept.add(activation);
          }
        });
    return results;
  }

  /**
   * Writes the gradients of all parameters.
   *
   * @param outputErrors by output name; an output without an error takes no part
   */
  void backward(Map<String, INDArray> outputErrors) {
    Map<Integer, INDArray> errors = new HashMap<>();
    outputErrors.forEach((name, error) -> errors.put(indices.get(name), error));
    for (int position = order.length - 1; position >= 0; position--) {
      int index = order[position];
      GraphVertex vertex = vertices[index];
      INDArray error = errors.remove(index);
      if (vertex.isInputVertex()) {
        pool.giveBack(error);
      } else if (error == null) {
        zeroGradient(vertex);
      } else {
        spread(index, backward(vertex, error), errors);
        if (!outputErrors.containsKey(vertex.getVertexName())) {
          pool.giveBack(error);
        }
      }
    }
    release();
  }

  private void setMask(INDArray mask, int inputs) {
    if (mask == null) {
      graph.clearLayerMaskArrays();
    } else {
      INDArray[] masks = new INDArray[inputs];
      masks[0] = mask;
      graph.setLayerMaskArrays(masks, null);
    }
  }

  private List<INDArray> results(List<String> outputs, Map<Integer, INDArray> activations) {
    List<INDArray> results =
        outputs.stream().map(name -> activations.get(indices.get(name))).toList();
    results.forEach(pool::leave);
    return results;
  }

  private INDArray forward(
      int index, INDArray[] inputs, Map<Integer, INDArray> activations, boolean training) {
    GraphVertex vertex = vertices[index];
    if (vertex.isInputVertex()) {
      return inputs[index];
    }
    List<Integer> sources = sources(index);
    for (int input = 0; input < sources.size(); input++) {
      vertex.setInput(input, activations.get(sources.get(input)), workspaces);
    }
    try (MemoryWorkspace scope = workspaces.notifyScopeEntered(ArrayType.FF_WORKING_MEM)) {
      return vertex.doForward(training, workspaces);
    }
  }

  private INDArray[] backward(GraphVertex vertex, INDArray error) {
    vertex.setEpsilon(error);
    try (MemoryWorkspace scope = workspaces.notifyScopeEntered(ArrayType.BP_WORKING_MEM)) {
      return vertex.doBackward(false, workspaces).getSecond();
    }
  }

  private void spread(int index, INDArray[] inputErrors, Map<Integer, INDArray> errors) {
    List<Integer> sources = sources(index);
    for (int input = 0; input < inputErrors.length; input++) {
      INDArray earlier = errors.get(sources.get(input));
      if (earlier == null) {
        errors.put(sources.get(input), inputErrors[input]);
      } else {
        ArraySum.add(earlier, inputErrors[input]);
        pool.giveBack(inputErrors[input]);
      }
    }
  }

  private static void zeroGradient(GraphVertex vertex) {
    INDArray gradient =
        vertex.hasLayer()
            ? vertex.getLayer().getGradientsViewArray()
            : vertex.getGradientsViewArray();
    if (gradient != null) {
      gradient.assign(0);
    }
  }

  /** Forgets the last training pass. */
  private void release() {
    for (GraphVertex vertex : vertices) {
      vertex.clear();
    }
    graph.clearLayerMaskArrays();
    kept.forEach(pool::giveBack);
    kept.clear();
  }

  private Set<Integer> needed(Collection<String> outputs) {
    Set<Integer> needed = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>();
    outputs.forEach(name -> open.add(indices.get(name)));
    while (!open.isEmpty()) {
      int index = open.remove();
      if (needed.add(index)) {
        open.addAll(sources(index));
      }
    }
    return needed;
  }

  /** Returns how often each activation is still to be read; an output once more, by the caller. */
  private Map<Integer, Integer> uses(Set<Integer> needed, Collection<String> outputs) {
    Map<Integer, Integer> uses = new HashMap<>();
    outputs.forEach(name -> uses.merge(indices.get(name), 1, Integer::sum));
    needed.forEach(index -> sources(index).forEach(source -> uses.merge(source, 1, Integer::sum)));
    return uses;
  }

  private List<Integer> sources(int index) {
    VertexIndices[] inputs = vertices[index].getInputVertices();
    List<Integer> sources = new ArrayList<>();
    if (inputs != null) {
      for (VertexIndices input : inputs) {
        sources.add(input.getVertexIndex());
      }
    }
    return sources;
  }

  private String name(int index) {
    return vertices[index].getVertexName();
  }
}
