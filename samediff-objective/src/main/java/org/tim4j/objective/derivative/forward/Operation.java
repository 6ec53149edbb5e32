package org.tim4j.objective.derivative.forward;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.serde.FlatBuffersMapper;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastTo;

/** One operation of a graph together with the tangents of its inputs, as a rule sees it. */
public final class Operation {
  private final SameDiff graph;
  private final DifferentialFunction function;
  private final List<SDVariable> inputs;
  private final List<SDVariable> outputs;
  private final List<Tangent> tangents;
  private final ForwardMode mode;

  Operation(
      DifferentialFunction function,
      List<SDVariable> inputs,
      List<SDVariable> outputs,
      List<Tangent> tangents,
      ForwardMode mode) {
    this.mode = mode;
    this.graph = function.getSameDiff();
    this.function = function;
    this.inputs = inputs;
    this.outputs = outputs;
    this.tangents = tangents;
  }

  public SameDiff graph() {
    return graph;
  }

  /** Returns the operation itself, for its settings. */
  public DifferentialFunction function() {
    return function;
  }

  public int inputCount() {
    return inputs.size();
  }

  public SDVariable input(int index) {
    return inputs.get(index);
  }

  /** Returns the tangent of an input; zero for an index past the last (an absent optional one). */
  public Tangent tangent(int index) {
    return index < tangents.size() ? tangents.get(index) : Tangent.ZERO;
  }

  public List<SDVariable> outputs() {
    return outputs;
  }

  /** Returns the first output. */
  public SDVariable output() {
    return outputs.get(0);
  }

  /**
   * Returns the tangent of a variable that equals an output, so that a rule need say no more than
   * what its operation is made of.
   *
   * @param equivalent computed from this operation's inputs by operations that have rules
   */
  public Tangent tangentOf(SDVariable equivalent) {
    Map<String, Tangent> known = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      known.put(inputs.get(i).name(), tangents.get(i));
    }
    return mode.propagate(equivalent, known);
  }

  /** Returns the tangent of an input as a variable, with actual zeros for a structural zero. */
  public SDVariable denseTangent(int index) {
    return tangent(index).isZero() ? zerosLike(input(index)) : tangent(index).variable();
  }

  public SDVariable zerosLike(SDVariable variable) {
    return graph.zerosLike(variable);
  }

  /**
   * Returns {@code tangent} repeated to the shape of the first output.
   *
   * <p>Needed where only one operand of a broadcasting sum has a tangent. SameDiff does not know
   * the shapes of computed variables beforehand, so the copy is left out only when the operand
   * without a tangent is known to be a single number.
   */
  Tangent broadcastToOutput(Tangent tangent, SDVariable otherOperand) {
    long[] shape = otherOperand.getShape();
    boolean otherIsNumber = shape != null && shape.length == 0;
    return otherIsNumber
        ? tangent
        : tangent.map(v -> new BroadcastTo(graph, v, graph.shape(output())).outputVariable());
  }

  /**
   * Appends the same operation, with the same settings, on other arguments.
   *
   * <p>SameDiff has no public way to copy an operation's settings other than the one by which it
   * writes and reads graphs, so that is used.
   *
   * @param arguments as many as the operation takes
   * @return its outputs
   */
  public List<SDVariable> replay(List<SDVariable> arguments) {
    DifferentialFunction copy = FlatBuffersMapper.cloneViaSerialize(graph, function);
    String name = graph.getOpName(function.opName());
    copy.setSameDiff(graph);
    copy.setOwnName(name);
    graph.putOpForId(name, copy);
    graph.addArgsFor(arguments.toArray(new SDVariable[0]), copy);
    copy.configureWithSameDiff(graph);
    return List.of(copy.outputVariables());
  }
}
