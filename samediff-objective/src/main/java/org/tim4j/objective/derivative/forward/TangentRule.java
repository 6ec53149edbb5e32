package org.tim4j.objective.derivative.forward;

import java.util.List;

/**
 * How one kind of operation carries tangents from its inputs to its outputs.
 *
 * <p>For an operation y = g(x₁, …, xₙ) with tangents ẋᵢ a rule appends the operations that compute
 * ẏ = Σᵢ (∂g/∂xᵢ) ẋᵢ, the chain rule of forward-mode differentiation (Griewank and Walther,
 * "Evaluating Derivatives", 2nd edition, chapter 3). Where g has a kink the rule states what it
 * takes.
 */
@FunctionalInterface
public interface TangentRule {
  /**
   * Appends the tangent's operations to the graph.
   *
   * @param operation an operation of which at least one input has a tangent that is not zero
   * @return one tangent per output, each of exactly the output's shape
   */
  List<Tangent> apply(Operation operation);
}
