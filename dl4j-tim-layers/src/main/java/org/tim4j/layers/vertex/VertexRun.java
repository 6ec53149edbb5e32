package org.tim4j.layers.vertex;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.tim4j.layers.backend.FusedSupport;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;

/**
 * A definition with its parameters, ready to run: what {@link RunningVertex} and {@link
 * RunningLayer} have in common.
 */
final class VertexRun {
  private final VertexDefinition definition;
  private final String owner;
  private final INDArray flatParameters;
  private final Map<String, INDArray> parameters;
  private final VertexRunner runner;
  private INDArray flatErrors;
  private Map<String, INDArray> errors = Map.of();

  /**
   * Makes the run.
   *
   * @param owner name of the vertex, for messages
   * @param order names of the parameters in the order in which they lie in {@code flatParameters}
   * @param flatParameters all parameters one after the other; null if there are none
   */
  VertexRun(
      VertexDefinition definition,
      TimRuntime runtime,
      String owner,
      List<String> order,
      INDArray flatParameters,
      DataType type) {
    this.definition = definition;
    this.owner = owner;
    this.flatParameters = flatParameters;
    this.parameters = views(order, flatParameters);
    this.runner = runner(runtime, type);
  }

  private VertexRunner runner(TimRuntime runtime, DataType type) {
    if (runtime == TimRuntime.SAMEDIFF) {
      return new SameDiffRunner(definition, type, parameters);
    }
    if (type != DataType.FLOAT) {
      throw new InvalidInputException(
          "Vertex \""
              + owner
              + "\" asks for the fused runtime in "
              + type
              + ", but it computes in FLOAT only; choose TimRuntime.SAMEDIFF or data type FLOAT.");
    }
    return FusedSupport.ofProcess()
        ? definition.fusedRunner(parameters)
        : new SameDiffRunner(definition, type, parameters);
  }

  void initialize(long seed) {
    for (Parameter parameter : definition.parameters()) {
      parameter.initialize(parameters.get(parameter.name()), seed, owner);
    }
  }

  INDArray forward(INDArray[] inputs, boolean training, LayerWorkspaceMgr workspaces) {
    validate(inputs);
    return runner.forward(inputs, training, workspaces);
  }

  Pair<Gradient, INDArray[]> backward(
      INDArray[] inputs, INDArray outputError, LayerWorkspaceMgr workspaces) {
    INDArray[] inputErrors = runner.backward(inputs, outputError, errors, workspaces);
    Gradient gradient = new DefaultGradient();
    errors.forEach(gradient::setGradientFor);
    return new Pair<>(gradient, inputErrors);
  }

  private void validate(INDArray[] inputs) {
    long[][] shapes = Arrays.stream(inputs).map(INDArray::shape).toArray(long[][]::new);
    definition.outputShape(shapes);
    for (int i = 1; i < shapes.length; i++) {
      if (shapes[i][0] != shapes[0][0]) {
        throw new InvalidInputException(
            "Vertex \"%s\" got a batch of %d in input \"%s\" and of %d in input \"%s\"; they must agree."
                .formatted(
                    owner,
                    shapes[0][0],
                    definition.inputs().get(0),
                    shapes[i][0],
                    definition.inputs().get(i)));
      }
    }
    definition.validateValues(inputs);
  }

  void setErrorView(INDArray view) {
    flatErrors = view;
    errors = views(List.copyOf(parameters.keySet()), view);
  }

  INDArray flatParameters() {
    return flatParameters;
  }

  INDArray flatErrors() {
    return flatErrors;
  }

  Map<String, INDArray> parameters() {
    return parameters;
  }

  private Map<String, INDArray> views(List<String> order, INDArray flat) {
    Map<String, Parameter> byName = new LinkedHashMap<>();
    definition.parameters().forEach(parameter -> byName.put(parameter.name(), parameter));
    Map<String, INDArray> views = new LinkedHashMap<>();
    long start = 0;
    for (String name : order) {
      Parameter parameter = byName.get(name);
      long end = start + parameter.length();
      views.put(
          name,
          flat.reshape(flat.length())
              .get(NDArrayIndex.interval(start, end))
              .reshape('c', parameter.dimensions()));
      start = end;
    }
    return views;
  }
}
