/**
 * Exact forward-mode differentiation of SameDiff graphs.
 *
 * <p>{@link org.tim4j.objective.derivative.forward.ForwardMode} appends to a graph the operations
 * that compute the Jacobian-vector product of one of its outputs. It knows nothing of Transition
 * Models and works on any SameDiff graph whose operations have a {@link
 * org.tim4j.objective.derivative.forward.TangentRule}.
 */
package org.tim4j.objective.derivative.forward;
