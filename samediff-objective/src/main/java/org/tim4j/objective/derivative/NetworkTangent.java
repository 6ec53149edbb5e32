package org.tim4j.objective.derivative;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.array.SingleThreadArrayHolder;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.TimInput;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.derivative.forward.ForwardMode;

/**
 * The prediction of a network, as one SameDiff graph for one size, differentiated by state and
 * start time.
 *
 * <p>The graph's parameters are the network's own arrays, so that a later change of them is seen.
 * Everything is made and evaluated outside of workspaces, as a SameDiff graph keeps the arrays of
 * its axes.
 */
@SuppressWarnings("try") // A workspace scope is opened for its effect, not for a value.
final class NetworkTangent {
  private static final String STATE_TANGENT = "xTangent";
  private static final String TIME_TANGENT = "tTangent";

  private final SameDiff graph;
  private final String tangent;

  /**
   * @param size what the graph is made for
   */
  NetworkTangent(TimNetwork network, Size size) {
    try (MemoryWorkspace outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      graph =
          size.masked()
              ? network.toMaskedSameDiff(size.width(), size.captionLength())
              : network.toSameDiff(size.height(), size.width(), size.captionLength());
      shareParameters(network);
      Map<String, SDVariable> tangents =
          Map.of("x", tangentOf("x", STATE_TANGENT), "t", tangentOf("t", TIME_TANGENT));
      tangent = new ForwardMode().tangent(graph.getVariable("prediction"), tangents).name();
    }
  }

  /** SameDiff's usual holder of arrays would copy the network's views into its parameters. */
  private void shareParameters(TimNetwork network) {
    graph.setArrayHolders(new SingleThreadArrayHolder(), new SingleThreadArrayHolder(), true);
    network
        .parameterTable()
        .forEach((name, view) -> graph.associateArrayWithVariable(view, graph.getVariable(name)));
  }

  private SDVariable tangentOf(String input, String name) {
    SDVariable placeholder = graph.getVariable(input);
    DataType type = placeholder.dataType();
    return graph.placeHolder(name, type, placeholder.getShape().clone());
  }

  /**
   * Returns {@code ∇ₓf · dx + (∂f/∂t) · dt}, of the shape of x.
   *
   * @param at where, in the network's data type
   * @param dx tangent of x, of its shape
   * @param dt tangent of t, {@code [batch, 1]}
   * @throws InvalidInputException if there is a condition and the network takes none, or vice versa
   */
  INDArray evaluate(TimInput at, INDArray dx, INDArray dt) {
    if (graph.hasVariable("condition") != (at.condition() != null)) {
      throw new InvalidInputException(
          "the network takes "
              + (at.condition() == null ? "a condition and none" : "no condition and one")
              + " was given; give the batch what the network takes");
    }
    Map<String, INDArray> values = new HashMap<>();
    values.put("x", at.x());
    values.put("t", at.t());
    values.put("r", at.r());
    values.put(STATE_TANGENT, dx);
    values.put(TIME_TANGENT, dt);
    if (at.condition() != null) {
      values.put("condition", at.condition());
    }
    if (at.mask() != null) {
      values.put("mask", at.mask().castTo(at.x().dataType()));
    }
    try (MemoryWorkspace outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      return graph.outputSingle(values, tangent);
    } finally {
      // A session that is kept leaks with every use.
      graph.clearPlaceholders(true);
      graph.clearOpInputs();
      graph.getSessions().clear();
    }
  }

  /**
   * What one graph is made for.
   *
   * @param height of the pictures, 1 for tokens
   * @param width of the pictures, the number of tokens for tokens
   * @param captionLength tokens of each caption, or 0 for other conditions
   * @param masked whether the tokens have a mask
   */
  record Size(int height, int width, int captionLength, boolean masked) {
    static Size of(TimInput input) {
      INDArray x = input.x();
      boolean image = x.rank() == 4;
      boolean caption = input.condition() != null && input.condition().rank() == 3;
      return new Size(
          image ? (int) x.size(2) : 1,
          (int) (image ? x.size(3) : x.size(1)),
          caption ? (int) input.condition().size(1) : 0,
          input.mask() != null);
    }
  }
}
