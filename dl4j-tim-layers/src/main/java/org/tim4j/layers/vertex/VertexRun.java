package org.tim4j.layers.vertex;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
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
  private final DataType type;
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
    this.type = type;
    requireFit("parameters", flatParameters);
    this.flatParameters = flatParameters;
    this.parameters = views(order, flatParameters);
    this.runner = runner(runtime);
  }

  /** No array of another size ever gets to where memory is read and written by address. */
  private void requireFit(String meaning, INDArray flat) {
    long given = flat == null ? 0 : flat.length();
    if (given != definition.parameterCount() || flat != null && flat.dataType() != type) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "Vertex \"%s\" got %d %s%s; it has %d of type %s.",
              owner,
              given,
              meaning,
              flat == null ? "" : " of type " + flat.dataType(),
              definition.parameterCount(),
              type));
    }
  }

  /**
   * Overwrites one parameter.
   *
   * @throws InvalidInputException if there is none of this name and shape
   */
  void setParameter(String name, INDArray value) {
    setParameters(Collections.singletonMap(name, value));
  }

  /**
   * Overwrites the named parameters, all of them or none.
   *
   * @throws InvalidInputException if there is none of a name and shape
   */
  void setParameters(Map<String, INDArray> table) {
    table.forEach(this::requireParameter);
    table.forEach((name, value) -> parameters.get(name).assign(value));
  }

  private void requireParameter(String name, INDArray value) {
    INDArray target = parameters.get(name);
    if (target == null || value == null || !target.equalShapes(value)) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "Vertex \"%s\" has no parameter \"%s\"%s; it has %s.",
              owner,
              name,
              value == null ? "" : " of shape " + Arrays.toString(value.shape()),
              definition.parameters().stream()
                  .map(parameter -> parameter.name() + " " + parameter.shape())
                  .collect(Collectors.joining(", "))));
    }
  }

  /**
   * Overwrites all parameters, in the order in which they lie.
   *
   * @throws InvalidInputException if there are not as many
   */
  void setParameters(INDArray values) {
    if (values.length() != definition.parameterCount()) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "Vertex \"%s\" got %d parameters; it has %d.",
              owner,
              values.length(),
              definition.parameterCount()));
    }
    flatParameters.assign(values.reshape(flatParameters.shape()));
  }

  private VertexRunner runner(TimRuntime runtime) {
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

  /** As {@link VertexMasks#ofOutput}. */
  INDArray carriedMask(INDArray[] masks) {
    return VertexMasks.ofOutput("Vertex \"" + owner + "\"", definition, masks);
  }

  void initialize(long seed) {
    for (Parameter parameter : definition.parameters()) {
      parameter.initialize(parameters.get(parameter.name()), seed, owner);
    }
  }

  /**
   * Returns the output.
   *
   * @param masks one for each input, null where there is none; null if there is none at all
   * @throws InvalidInputException if the inputs or masks do not fit the definition
   */
  INDArray forward(
      INDArray[] inputs, INDArray[] masks, boolean training, LayerWorkspaceMgr workspaces) {
    validate(inputs);
    return runner.forward(prepared(inputs, masks), training, workspaces);
  }

  /** As {@link VertexRunner#backward}, for the inputs and masks of the last forward pass. */
  Pair<Gradient, INDArray[]> backward(
      INDArray[] inputs, INDArray[] masks, INDArray outputError, LayerWorkspaceMgr workspaces) {
    long[] shape = definition.outputShape(shapes(inputs));
    if (!Arrays.equals(shape, outputError.shape())) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "Vertex \"%s\" got an error of shape %s for its output of shape %s; they must agree.",
              owner,
              Arrays.toString(outputError.shape()),
              Arrays.toString(shape)));
    }
    INDArray[] inputErrors =
        runner.backward(prepared(inputs, masks), outputError.castTo(type), errors, workspaces);
    Gradient gradient = new DefaultGradient();
    errors.forEach(gradient::setGradientFor);
    return new Pair<>(gradient, inputErrors);
  }

  /** Whole numbers, such as the pixels of an image, are taken for what they are. */
  private VertexInputs prepared(INDArray[] inputs, INDArray[] masks) {
    INDArray[] arrays =
        Arrays.stream(inputs).map(input -> input.castTo(type)).toArray(INDArray[]::new);
    return new VertexInputs(arrays, VertexMasks.ofKeys(definition, arrays, masks, type));
  }

  private static long[][] shapes(INDArray[] inputs) {
    return Arrays.stream(inputs).map(INDArray::shape).toArray(long[][]::new);
  }

  private void validate(INDArray[] inputs) {
    InputCount.require("Vertex \"" + owner + "\"", definition, inputs.length);
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i] == null || inputs[i].isEmpty()) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "Vertex \"%s\" got nothing in input \"%s\"; give an array of at least one value.",
                owner,
                definition.inputs().get(i)));
      }
    }
    long[][] shapes = shapes(inputs);
    definition.outputShape(shapes);
    for (int i = 1; i < shapes.length; i++) {
      if (shapes[i][0] != shapes[0][0]) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "Vertex \"%s\" got a batch of %d in input \"%s\" and of %d in input \"%s\"; they must agree.",
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
    requireFit("gradients", view);
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
    return Collections.unmodifiableMap(views);
  }
}
