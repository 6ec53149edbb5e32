package org.tim4j.arbiter.space;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.arbiter.optimize.api.AbstractParameterSpace;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.util.LeafUtils;

/**
 * A space made of the spaces in its fields.
 *
 * <p>Subclasses keep their settings in non-final fields of type {@link ParameterSpace} and have a
 * private constructor without arguments, which is what Arbiter's JSON and YAML need. Two of them
 * are equal when all their settings are.
 *
 * @param <T> what the space consists of
 */
abstract class CompositeSpace<T> extends AbstractParameterSpace<T> {
  @Override
  public final int numParameters() {
    return LeafUtils.countUniqueParameters(collectLeaves());
  }

  @Override
  @SuppressWarnings("rawtypes") // as Arbiter declares it
  public final List<ParameterSpace> collectLeaves() {
    List<ParameterSpace> leaves = new ArrayList<>();
    for (ParameterSpace<?> nested : getNestedSpaces().values()) {
      leaves.addAll(nested.collectLeaves());
    }
    return leaves;
  }

  @Override
  public final boolean isLeaf() {
    return false;
  }

  /**
   * Not supported: only leaves have indices.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public final void setIndices(int... indices) {
    throw new UnsupportedOperationException(
        getClass().getSimpleName() + " has no indices of its own; set those of its leaves");
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof CompositeSpace<?> space
        && space.getClass() == getClass()
        && space.getNestedSpaces().equals(getNestedSpaces())
        && hasSameFixedPart(space);
  }

  /** Whether what does not vary is equal too, given a space of the same class. */
  boolean hasSameFixedPart(CompositeSpace<?> other) {
    return true;
  }

  @Override
  public final int hashCode() {
    return getNestedSpaces().hashCode();
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + getNestedSpaces();
  }
}
