package org.tim4j.layers.runtime;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.kernel.layer.Batch;
import org.tim4j.layers.kernel.layer.Keep;
import org.tim4j.layers.kernel.layer.Kernel;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.thread.Parallelism;
import org.tim4j.layers.vertex.Parameter;
import org.tim4j.layers.vertex.VertexDefinition;
import org.tim4j.layers.vertex.VertexInputs;
import org.tim4j.layers.vertex.VertexRunner;

/**
 * A vertex on a fused kernel: weights and gradients are used where Deeplearning4j has them, outputs
 * lie in its workspaces.
 */
public final class FusedRunner implements VertexRunner {
  private final VertexDefinition definition;
  private final FlatArrays parameters;
  private final Kernel kernel;
  private final Keep kept;
  private final Parallelism parallelism = Parallelism.ofProcess();
  private FlatArrays gradients;

  /**
   * A vertex that keeps its activations in training.
   *
   * @param parameters live arrays, one after the other in memory
   * @param kernel makes the kernel for parameters that lie so
   */
  public FusedRunner(
      VertexDefinition definition,
      Map<String, INDArray> parameters,
      Function<ParameterLayout, Kernel> kernel) {
    this(definition, parameters, kernel, Keep.ACTIVATIONS);
  }

  /**
   * @param parameters live arrays, one after the other in memory
   * @param kernel makes the kernel for parameters that lie so
   * @param kept what a training forward leaves for the backward
   * @throws InvalidInputException if the parameters are not those of the definition
   */
  public FusedRunner(
      VertexDefinition definition,
      Map<String, INDArray> parameters,
      Function<ParameterLayout, Kernel> kernel,
      Keep kept) {
    this.kept = kept;
    this.definition = definition;
    Map<String, long[]> shapes = new LinkedHashMap<>();
    parameters.forEach((name, array) -> shapes.put(name, array.shape()));
    requireShapes(definition, shapes);
    this.parameters = FlatArrays.of(parameters);
    this.kernel = kernel.apply(ParameterLayout.of(shapes));
  }

  /** Kernels read memory where the layout says that parameters are, so none may be smaller. */
  private static void requireShapes(VertexDefinition definition, Map<String, long[]> shapes) {
    List<Parameter> expected = definition.parameters();
    boolean fit =
        expected.size() == shapes.size()
            && expected.stream()
                .allMatch(
                    parameter ->
                        Arrays.equals(parameter.dimensions(), shapes.get(parameter.name())));
    if (!fit) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "Parameters of %s have the shapes %s; they must have %s.",
              definition,
              shapes.entrySet().stream()
                  .map(entry -> entry.getKey() + " " + Arrays.toString(entry.getValue()))
                  .toList(),
              expected.stream()
                  .map(parameter -> parameter.name() + " " + parameter.shape())
                  .toList()));
    }
  }

  @Override
  public INDArray forward(VertexInputs inputs, boolean training, LayerWorkspaceMgr workspaces) {
    VertexInputs rowMajor = rowMajor(inputs);
    long[][] shapes = Arrays.stream(inputs.arrays()).map(INDArray::shape).toArray(long[][]::new);
    INDArray output =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, DataType.FLOAT, definition.outputShape(shapes), 'c');
    kernel.forward(
        parallelism,
        parameters.memory(),
        batch(rowMajor),
        ArrayMemory.tensor(output),
        training ? kept : Keep.NOTHING);
    keepAlive(rowMajor, output);
    return output;
  }

  @Override
  public INDArray[] backward(
      VertexInputs inputs,
      INDArray outputError,
      Map<String, INDArray> parameterErrors,
      LayerWorkspaceMgr workspaces) {
    VertexInputs rowMajor = rowMajor(inputs);
    INDArray error = ArrayMemory.rowMajor(outputError);
    INDArray[] inputErrors = new INDArray[inputs.arrays().length];
    for (int i = 0; i < inputErrors.length; i++) {
      inputErrors[i] =
          workspaces.createUninitialized(
              ArrayType.ACTIVATION_GRAD, DataType.FLOAT, inputs.arrays()[i].shape(), 'c');
    }
    if (gradients == null || gradients.arrays() != parameterErrors) {
      gradients = FlatArrays.of(parameterErrors);
    }
    kernel.backward(
        parallelism,
        parameters.memory(),
        gradients.memory(),
        batch(rowMajor),
        ArrayMemory.tensor(error),
        tensors(inputErrors),
        kept);
    keepAlive(rowMajor, error, inputErrors, parameterErrors);
    return inputErrors;
  }

  /** Kernels know addresses, which keep no array alive: a collection would free what they use. */
  private void keepAlive(Object... used) {
    Reference.reachabilityFence(used);
    Reference.reachabilityFence(this);
  }

  private static VertexInputs rowMajor(VertexInputs inputs) {
    return new VertexInputs(
        Arrays.stream(inputs.arrays()).map(ArrayMemory::rowMajor).toArray(INDArray[]::new),
        inputs.masks());
  }

  private static Batch batch(VertexInputs inputs) {
    return new Batch(tensors(inputs.arrays()), tensors(inputs.masks()));
  }

  /** Views of arrays; null for null. */
  private static FloatTensor[] tensors(INDArray[] arrays) {
    return Arrays.stream(arrays)
        .map(array -> array == null ? null : ArrayMemory.tensor(array))
        .toArray(FloatTensor[]::new);
  }
}
