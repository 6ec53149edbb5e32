package org.tim4j.objective.derivative.forward;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules known to a {@link ForwardMode}, by SameDiff's name of the operation. Immutable.
 *
 * <p>The name is that of {@code DifferentialFunction.opName()}, for example {@code "matmul"} or
 * {@code "reduce_sum"}.
 */
public final class TangentRules {
  private static final TangentRules STANDARD =
      new TangentRules(Map.of())
          .with(ElementwiseRules.rules())
          .with(ActivationRules.rules())
          .with(ArithmeticRules.rules())
          .with(SelectionRules.rules())
          .with(LinearRules.rules())
          .with(ReductionRules.rules())
          .with(NormalizationRules.rules())
          .with(AttentionRules.rules())
          .with(LayerRules.rules())
          .with(PoolingRules.rules())
          .with(LossRules.rules())
          .with(SegmentRules.rules())
          .with(ScatterRules.rules())
          .with(DistanceRules.rules())
          .with(MatrixRules.rules());

  private final Map<String, TangentRule> rules;

  private TangentRules(Map<String, TangentRule> rules) {
    this.rules = Map.copyOf(rules);
  }

  /** Returns the rules that come with this library. */
  public static TangentRules standard() {
    return STANDARD;
  }

  /** Returns these rules and one more, which replaces a rule of the same name. */
  public TangentRules with(String operation, TangentRule rule) {
    return with(Map.of(operation, rule));
  }

  private TangentRules with(Map<String, TangentRule> more) {
    Map<String, TangentRule> all = new HashMap<>(rules);
    all.putAll(more);
    return new TangentRules(all);
  }

  /** Returns the rule of an operation, or empty if there is none. */
  public Optional<TangentRule> find(String operation) {
    return Optional.ofNullable(rules.get(operation));
  }

  /** Returns the names of all covered operations, in alphabetical order. */
  public Set<String> operations() {
    return new TreeSet<>(rules.keySet());
  }
}
