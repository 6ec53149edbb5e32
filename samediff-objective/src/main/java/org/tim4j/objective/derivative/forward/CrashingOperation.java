package org.tim4j.objective.derivative.forward;

import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ops.CustomOp;
import org.tim4j.layers.base.InvalidInputException;

/**
 * Operations that end the process when they are evaluated, tangent or not.
 *
 * <p>{@code repeat} of ND4J 1.0.0-M2.1 is the one known: the class behind {@code SameDiff.repeat}
 * hands neither the counts nor the axis on as integer arguments, and the native shape function
 * reads the last of them all the same.
 */
final class CrashingOperation {
  private static final int COUNT_AND_AXIS = 2;

  private CrashingOperation() {}

  /**
   * @throws InvalidInputException if the operation would end the process
   */
  static void refuse(SameDiffOp node) {
    if (node.getOp() instanceof CustomOp operation
        && operation.opName().equals("repeat")
        && operation.iArgs().length < COUNT_AND_AXIS) {
      throw new InvalidInputException(
          "The operation \"repeat\" that computes the variable \""
              + node.getOutputsOfOp().get(0)
              + "\" was made by SameDiff.repeat, which does not tell native code its axis and ends"
              + " the process when it is evaluated; write the graph with tile or gather.");
    }
  }
}
