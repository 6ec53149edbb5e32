package org.tim4j.layers.vertex;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.layers.samediff.DL4JSameDiffMemoryMgr;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.array.SingleThreadArrayHolder;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A definition as a SameDiff graph for one set of input shapes, any batch.
 *
 * <p>Three defects of Deeplearning4j 1.0.0-M2.1 are avoided here, and only here:
 *
 * <ul>
 *   <li>{@code ExternalErrorsFunction} doubles every gradient: the gradient is taken of the plain
 *       sum of output times error instead.
 *   <li>Graphs and gradient graphs made inside a workspace keep arrays (such as the axes of a
 *       reduction) that the workspace then overwrites: both are made outside of all workspaces.
 *   <li>A session that is used twice leaks array identifiers: every pass gets a fresh one.
 * </ul>
 */
@SuppressWarnings("try") // A workspace scope is opened for its effect, not for a value.
final class SameDiffProgram {
  private static final String OUTPUT_ERROR = "outputError";
  private static final String LOSS = "loss";
  private static final String MASK = "Mask";
  private static final String GRADIENT_FUNCTION = "grad";

  private final VertexDefinition definition;
  private final SameDiff graph;
  private final String output;
  private final List<String> differentiated = new ArrayList<>();

  SameDiffProgram(
      VertexDefinition definition,
      DataType type,
      Map<String, INDArray> parameters,
      Map<String, long[]> inputShapes,
      Set<String> masked) {
    this.definition = definition;
    try (MemoryWorkspace outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      graph = SameDiff.create();
      graph.setArrayHolders(new SingleThreadArrayHolder(), new SingleThreadArrayHolder(), false);
      Map<String, SDVariable> inputs = new LinkedHashMap<>();
      inputShapes.forEach(
          (name, shape) -> inputs.put(name, graph.placeHolder(name, type, shape.clone())));
      Map<String, SDVariable> masks = new LinkedHashMap<>();
      masked.forEach(name -> masks.put(name, graph.placeHolder(maskOf(name), type)));
      Map<String, SDVariable> variables = new LinkedHashMap<>();
      parameters.forEach(
          (name, array) -> variables.put(name, graph.var(name, type, array.shape())));
      SDVariable result =
          definition.define(new GraphScope(graph, type, inputs, inputShapes, masks, variables));
      output = result.name();
      result.mul(graph.placeHolder(OUTPUT_ERROR, type)).sum(LOSS);
      graph.setLossVariables(LOSS);
      parameters.forEach(
          (name, array) -> graph.associateArrayWithVariable(array, variables.get(name)));
    }
    differentiated.addAll(parameters.keySet());
    definition.inputs().stream().filter(definition::isDifferentiable).forEach(differentiated::add);
  }

  /** Returns the output, in the {@code ACTIVATIONS} workspace. */
  INDArray forward(VertexInputs inputs, LayerWorkspaceMgr workspaces) {
    openSession(graph, workspaces, ArrayType.FF_WORKING_MEM, ArrayType.ACTIVATIONS);
    INDArray result = graph.outputSingle(placeholders(inputs), output);
    INDArray owned = place(result, ArrayType.ACTIVATIONS, workspaces);
    forget();
    return owned;
  }

  /** As {@link VertexRunner#backward}. */
  INDArray[] backward(
      VertexInputs inputs,
      INDArray outputError,
      Map<String, INDArray> parameterErrors,
      LayerWorkspaceMgr workspaces) {
    if (!graph.hasGradientFunction()) {
      try (MemoryWorkspace outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
        graph.createGradFunction(differentiableInputs());
      }
    }
    openSession(
        graph.getFunction(GRADIENT_FUNCTION),
        workspaces,
        ArrayType.BP_WORKING_MEM,
        ArrayType.ACTIVATION_GRAD);
    Map<String, INDArray> placeholders = placeholders(inputs);
    placeholders.put(OUTPUT_ERROR, outputError);
    Map<String, INDArray> gradients = graph.calculateGradients(placeholders, differentiated);
    parameterErrors.forEach((name, target) -> copy(gradients.get(name), target));
    INDArray[] inputErrors = new INDArray[inputs.arrays().length];
    for (int i = 0; i < inputErrors.length; i++) {
      INDArray gradient = gradients.get(definition.inputs().get(i));
      inputErrors[i] =
          gradient == null
              ? workspaces
                  .createUninitialized(
                      ArrayType.ACTIVATION_GRAD,
                      outputError.dataType(),
                      inputs.arrays()[i].shape(),
                      'c')
                  .assign(0)
              : place(gradient, ArrayType.ACTIVATION_GRAD, workspaces);
    }
    forget();
    return inputErrors;
  }

  private static INDArray place(INDArray result, ArrayType type, LayerWorkspaceMgr workspaces) {
    boolean inPlace = workspaces.isScopedOut(type) && !result.isAttached() && !result.isView();
    return inPlace ? result : workspaces.dup(type, result);
  }

  private static String maskOf(String input) {
    return input + MASK;
  }

  private String[] differentiableInputs() {
    return definition.inputs().stream().filter(definition::isDifferentiable).toArray(String[]::new);
  }

  private Map<String, INDArray> placeholders(VertexInputs inputs) {
    Map<String, INDArray> placeholders = new HashMap<>();
    for (int i = 0; i < inputs.arrays().length; i++) {
      String name = definition.inputs().get(i);
      placeholders.put(name, inputs.arrays()[i]);
      if (inputs.masks()[i] != null) {
        placeholders.put(maskOf(name), inputs.masks()[i]);
      }
    }
    return placeholders;
  }

  /** SameDiff gives no gradient for a variable that the output does not depend on. */
  private static void copy(INDArray gradient, INDArray target) {
    if (gradient == null) {
      target.assign(0);
    } else {
      target.assign(gradient);
    }
  }

  private static void openSession(
      SameDiff graph, LayerWorkspaceMgr workspaces, ArrayType working, ArrayType results) {
    InferenceSession session = SameDiff.getInferenceFactory().create(graph);
    session.setMmgr(
        new DL4JSameDiffMemoryMgr(
            workspaces.getWorkspaceName(working),
            workspaces.getWorkspaceName(results),
            workspaces.getConfiguration(working),
            workspaces.getConfiguration(results)));
    graph.getSessions().put(Thread.currentThread().getId(), session);
  }

  /** Drops references to arrays whose workspace is about to close. */
  private void forget() {
    graph.clearPlaceholders(true);
    graph.clearOpInputs();
    graph.getSessions().clear();
    if (graph.hasGradientFunction()) {
      graph.getFunction(GRADIENT_FUNCTION).getSessions().clear();
    }
  }
}
