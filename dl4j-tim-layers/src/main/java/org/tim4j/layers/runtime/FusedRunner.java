package org.tim4j.layers.runtime;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.kernel.layer.Keep;
import org.tim4j.layers.kernel.layer.Kernel;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.thread.Parallelism;
import org.tim4j.layers.vertex.VertexDefinition;
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
   */
  public FusedRunner(
      VertexDefinition definition,
      Map<String, INDArray> parameters,
      Function<ParameterLayout, Kernel> kernel,
      Keep kept) {
    this.kept = kept;
    this.definition = definition;
    this.parameters = FlatArrays.of(parameters);
    Map<String, long[]> shapes = new LinkedHashMap<>();
    parameters.forEach((name, array) -> shapes.put(name, array.shape()));
    this.kernel = kernel.apply(ParameterLayout.of(shapes));
  }

  @Override
  public INDArray forward(INDArray[] inputs, boolean training, LayerWorkspaceMgr workspaces) {
    INDArray[] rowMajor = rowMajor(inputs);
    long[][] shapes = Arrays.stream(inputs).map(INDArray::shape).toArray(long[][]::new);
    INDArray output =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, DataType.FLOAT, definition.outputShape(shapes), 'c');
    kernel.forward(
        parallelism,
        parameters.memory(),
        tensors(rowMajor),
        ArrayMemory.tensor(output),
        training ? kept : Keep.NOTHING);
    Reference.reachabilityFence(rowMajor); // Kernels know addresses, which keep no copy alive.
    return output;
  }

  @Override
  public INDArray[] backward(
      INDArray[] inputs,
      INDArray outputError,
      Map<String, INDArray> parameterErrors,
      LayerWorkspaceMgr workspaces) {
    INDArray[] rowMajor = rowMajor(inputs);
    INDArray error = ArrayMemory.rowMajor(outputError);
    INDArray[] inputErrors = new INDArray[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      inputErrors[i] =
          workspaces.createUninitialized(
              ArrayType.ACTIVATION_GRAD, DataType.FLOAT, inputs[i].shape(), 'c');
    }
    if (gradients == null || gradients.arrays() != parameterErrors) {
      gradients = FlatArrays.of(parameterErrors);
    }
    kernel.backward(
        parallelism,
        parameters.memory(),
        gradients.memory(),
        tensors(rowMajor),
        ArrayMemory.tensor(error),
        tensors(inputErrors),
        kept);
    Reference.reachabilityFence(rowMajor);
    Reference.reachabilityFence(error);
    return inputErrors;
  }

  private static INDArray[] rowMajor(INDArray[] arrays) {
    return Arrays.stream(arrays).map(ArrayMemory::rowMajor).toArray(INDArray[]::new);
  }

  private static FloatTensor[] tensors(INDArray[] arrays) {
    return Arrays.stream(arrays).map(ArrayMemory::tensor).toArray(FloatTensor[]::new);
  }
}
