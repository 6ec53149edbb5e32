package org.tim4j.layers.vertex;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a definition sees while it writes its operations: the graph, its inputs with their shapes,
 * its parameters.
 *
 * @param graph the graph under construction; definitions never name variables in it, so that
 *     several of them share one graph
 * @param type floating-point type of every variable
 * @param inputs variables by input name
 * @param shapes shapes by input name; the batch is −1, all other extents are known
 * @param masks of inputs with padding, by input name, {@code [batch, tokens]}: 1 for a token, 0 for
 *     padding
 * @param parameters variables by parameter name
 */
public record GraphScope(
    SameDiff graph,
    DataType type,
    Map<String, SDVariable> inputs,
    Map<String, long[]> shapes,
    Map<String, SDVariable> masks,
    Map<String, SDVariable> parameters) {

  /** Returns an input. */
  public SDVariable input(String name) {
    return inputs.get(name);
  }

  /** Returns an input's shape, the batch −1. */
  public long[] shape(String name) {
    return shapes.get(name).clone();
  }

  /** Returns the mask of an input, or null if all its tokens are there. */
  public SDVariable mask(String name) {
    return masks.get(name);
  }

  /** Returns the number of tokens of an input of shape {@code [batch, …, hidden]}. */
  public long tokens(String name) {
    long[] shape = shapes.get(name);
    long tokens = 1;
    for (int axis = 1; axis < shape.length - 1; axis++) {
      tokens *= shape[axis];
    }
    return tokens;
  }

  /** Returns an input of shape {@code [batch, …, hidden]} as {@code [batch·tokens, hidden]}. */
  public SDVariable rows(String name) {
    long[] shape = shapes.get(name);
    return rows(input(name), shape[shape.length - 1]);
  }

  /** Returns a variable whose last axis has the given extent as a matrix of such rows. */
  public SDVariable rows(SDVariable variable, long extent) {
    return graph.reshape(variable, -1, extent);
  }

  /** Returns a parameter. */
  public SDVariable parameter(String name) {
    return parameters.get(name);
  }

  /** Returns a constant of the graph's type. */
  public SDVariable constant(INDArray value) {
    return graph.constant(value.castTo(type));
  }

  /** Returns equal parts of a variable along its last axis (of {@code rank} axes). */
  public List<SDVariable> split(SDVariable variable, int parts, int rank) {
    return List.of(graph.split(variable, parts, rank - 1));
  }
}
