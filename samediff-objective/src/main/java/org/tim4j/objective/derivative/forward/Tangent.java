package org.tim4j.objective.derivative.forward;

import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The tangent of one variable of a graph: another variable of the same shape and data type, or a
 * structural zero, which costs nothing and is never computed.
 */
public final class Tangent {
  /** The tangent of everything that does not depend on the differentiated inputs. */
  public static final Tangent ZERO = new Tangent(null);

  private final SDVariable variable;

  private Tangent(SDVariable variable) {
    this.variable = variable;
  }

  /** Returns the tangent that {@code variable} computes. */
  public static Tangent of(SDVariable variable) {
    if (variable == null) {
      throw new NullPointerException("variable");
    }
    return new Tangent(variable);
  }

  public boolean isZero() {
    return variable == null;
  }

  /**
   * Returns the variable that computes this tangent.
   *
   * @throws IllegalStateException if this is the structural zero
   */
  public SDVariable variable() {
    if (variable == null) {
      throw new IllegalStateException("A structural zero has no variable; check isZero() first.");
    }
    return variable;
  }

  /** Returns {@code linearMap(this)}, which is zero if this is; the map must be linear. */
  public Tangent map(UnaryOperator<SDVariable> linearMap) {
    return isZero() ? ZERO : of(linearMap.apply(variable));
  }

  /** Returns the element-wise product with {@code factor}, of the broadcast shape of the two. */
  public Tangent times(SDVariable factor) {
    return map(v -> v.mul(factor));
  }

  /**
   * Returns the element-wise quotient by {@code divisor}, of the broadcast shape of the two. An
   * element that is 0 stays 0 whatever the divisor: an input that does not move moves nothing.
   */
  public Tangent dividedBy(SDVariable divisor) {
    return map(
        v -> {
          SDVariable bothZero = indicator(divisor.eq(0), v).mul(indicator(v.eq(0), v));
          return v.div(divisor.add(bothZero));
        });
  }

  /** Returns a truth value as 1 or 0 in the type of another variable. */
  static SDVariable indicator(SDVariable condition, SDVariable typed) {
    return condition.castTo(typed.dataType());
  }

  public Tangent times(double factor) {
    return map(v -> v.mul(factor));
  }

  public Tangent negated() {
    return map(SDVariable::neg);
  }

  /** Returns the sum, of the broadcast shape of the two where neither is zero. */
  public Tangent plus(Tangent other) {
    if (other.isZero()) {
      return this;
    }
    return isZero() ? other : of(variable.add(other.variable));
  }

  /** Returns the difference, of the broadcast shape of the two where neither is zero. */
  public Tangent minus(Tangent other) {
    if (other.isZero()) {
      return this;
    }
    return isZero() ? other.negated() : of(variable.sub(other.variable));
  }
}
