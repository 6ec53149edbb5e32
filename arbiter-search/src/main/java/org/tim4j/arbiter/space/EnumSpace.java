package org.tim4j.arbiter.space;

import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.tim4j.layers.base.Require;

/**
 * A space of enum constants that keeps its type through JSON and YAML.
 *
 * <p>Arbiter's own spaces lose it: a {@code DiscreteParameterSpace} of constants comes back as one
 * of strings, and a {@code FixedValue} of a constant with a body does not come back at all.
 *
 * @param <E> the enum
 */
final class EnumSpace<E extends Enum<E>> extends CompositeSpace<E> {
  private Class<E> type;
  private ParameterSpace<?> choice;

  private EnumSpace() {}

  private EnumSpace(Class<E> type, ParameterSpace<?> choice) {
    this.type = type;
    this.choice = choice;
  }

  static <E extends Enum<E>> EnumSpace<E> of(E value) {
    return new EnumSpace<>(value.getDeclaringClass(), new FixedValue<>(value.name()));
  }

  static <E extends Enum<E>> EnumSpace<E> of(Class<E> type, ParameterSpace<E> choice) {
    return choice instanceof FixedValue<E> fixed
        ? of(fixed.getValue(new double[0]))
        : new EnumSpace<>(type, Require.present(type.getSimpleName(), choice));
  }

  @Override
  public E getValue(double[] values) {
    Object value = choice.getValue(values);
    return value instanceof String name ? Enum.valueOf(type, name) : type.cast(value);
  }
}
