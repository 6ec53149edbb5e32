package org.tim4j.objective.derivative.forward;

import org.tim4j.layers.base.TimException;

/** A tangent reached an operation that has no {@link TangentRule}. */
public final class MissingTangentRuleException extends TimException {
  private final String operation;
  private final String variable;

  /**
   * @param operation SameDiff's name of the kind of operation, for example {@code "cumprod"}
   * @param variable name of the variable that the operation computes
   */
  public MissingTangentRuleException(String operation, String variable) {
    super(
        "The operation \""
            + operation
            + "\" that computes the variable \""
            + variable
            + "\" has no tangent rule; write the graph with covered operations or add a rule with"
            + " TangentRules.with(\""
            + operation
            + "\", rule).");
    this.operation = operation;
    this.variable = variable;
  }

  /** Returns SameDiff's name of the kind of operation. */
  public String operation() {
    return operation;
  }

  /** Returns the name of the variable that the operation computes. */
  public String variable() {
    return variable;
  }
}
