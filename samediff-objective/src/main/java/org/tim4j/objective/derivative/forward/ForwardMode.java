package org.tim4j.objective.derivative.forward;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;

/**
 * Exact forward-mode differentiation: extends a SameDiff graph by the Jacobian-vector product of
 * one of its variables.
 *
 * <p>For y = g(x) and a tangent ẋ of x's shape the added variable computes ẏ = (∂g/∂x) ẋ, at about
 * the cost of one more forward pass, to rounding error and without a step size. Operations are only
 * added: what the graph computed before it computes after. Forward mode can be applied to its own
 * result for second derivatives, and SameDiff's gradients to it.
 *
 * <p>At kinks and ties a tangent is what SameDiff's own gradient gives, and 0 where a norm, a
 * standard deviation or a standardised row is constant. An input that does not move moves nothing,
 * however steep the function is.
 *
 * <pre>{@code
 * SDVariable dx = graph.placeHolder("dx", DataType.DOUBLE, -1, 3);
 * SDVariable dy = new ForwardMode().tangent(y, Map.of("x", dx));
 * }</pre>
 *
 * <p>A SameDiff session that was opened before, by an evaluation on the same thread, is refreshed,
 * as it would not see the new operations.
 *
 * <p>Immutable and safe to share; a graph may be extended by one thread at a time.
 */
public final class ForwardMode {
  private final TangentRules rules;

  /** Makes the transformation with {@link TangentRules#standard()}. */
  public ForwardMode() {
    this(TangentRules.standard());
  }

  public ForwardMode(TangentRules rules) {
    this.rules = rules;
  }

  /**
   * Appends the tangent of {@code output}.
   *
   * <p>Every variable that is not named in {@code inputTangents}, trainable parameters included, is
   * a constant. A named variable may also be one that the graph computes; it is then taken as
   * independent of what it is computed from.
   *
   * @param output a floating-point variable of any shape
   * @param inputTangents for the name of each differentiated variable a variable of the same graph,
   *     shape and floating-point type: a placeholder, a constant or a computed one
   * @return the tangent, of the shape and type of {@code output}; zeros if the output does not
   *     depend on any of the named variables
   * @throws InvalidInputException if a name is unknown, a type or a known shape differs, a variable
   *     belongs to another graph, or the output is computed by an operation of the platform that
   *     would end the process
   * @throws MissingTangentRuleException if a tangent reaches an operation without a rule; the graph
   *     may then hold tangent operations that nothing uses
   */
  @SuppressWarnings("try") // A workspace scope is opened for its effect, not for a value.
  public SDVariable tangent(SDVariable output, Map<String, SDVariable> inputTangents) {
    // Constants of the added operations outlive any workspace that the caller has open.
    try (MemoryWorkspace outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      return append(output, inputTangents);
    }
  }

  private SDVariable append(SDVariable output, Map<String, SDVariable> inputTangents) {
    SameDiff graph = output.getSameDiff();
    Tangent result = propagate(output, seed(graph, inputTangents));
    graph.getSessions().clear();
    return result.isZero() ? graph.zerosLike(output) : result.variable();
  }

  /**
   * Appends the tangent of a variable.
   *
   * @param independent tangents of variables by name; what these are computed from is not looked at
   */
  Tangent propagate(SDVariable output, Map<String, Tangent> independent) {
    Map<String, Tangent> tangents = new HashMap<>(independent);
    List<SameDiffOp> operations = operationsBefore(output, independent.keySet());
    operations.forEach(CrashingOperation::refuse);
    for (SameDiffOp node : operations) {
      List<String> names = node.getOutputsOfOp();
      List<Tangent> results = propagate(output.getSameDiff(), node, tangents);
      for (int i = 0; i < names.size(); i++) {
        tangents.putIfAbsent(names.get(i), results.get(i));
      }
    }
    return tangents.getOrDefault(output.name(), Tangent.ZERO);
  }

  private static Map<String, Tangent> seed(SameDiff graph, Map<String, SDVariable> inputTangents) {
    Map<String, Tangent> tangents = new HashMap<>();
    inputTangents.forEach(
        (name, tangent) -> {
          checkSeed(graph, name, tangent);
          tangents.put(name, Tangent.of(tangent));
        });
    return tangents;
  }

  private static void checkSeed(SameDiff graph, String name, SDVariable tangent) {
    SDVariable input = graph.getVariable(name);
    if (input == null) {
      throw new InvalidInputException(
          "The graph has no variable \"" + name + "\" to differentiate by; name one of its own.");
    }
    if (tangent.getSameDiff() != graph) {
      throw new InvalidInputException(
          "The tangent of \"" + name + "\" belongs to another graph; make it in the same graph.");
    }
    if (!input.dataType().isFPType() || input.dataType() != tangent.dataType()) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "The variable \"%s\" is %s and its tangent %s; both must be of one floating-point"
                  + " type.",
              name,
              input.dataType(),
              tangent.dataType()));
    }
    if (!compatible(input.getShape(), tangent.getShape())) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "The variable \"%s\" has shape %s and its tangent %s; the shapes must be equal.",
              name,
              Arrays.toString(input.getShape()),
              Arrays.toString(tangent.getShape())));
    }
  }

  /** Unknown shapes (null) and sizes (negative) agree with anything. */
  private static boolean compatible(long[] first, long[] second) {
    if (first == null || second == null) {
      return true;
    }
    if (first.length != second.length) {
      return false;
    }
    for (int i = 0; i < first.length; i++) {
      if (first[i] >= 0 && second[i] >= 0 && first[i] != second[i]) {
        return false;
      }
    }
    return true;
  }

  private List<Tangent> propagate(
      SameDiff graph, SameDiffOp node, Map<String, Tangent> knownTangents) {
    List<SDVariable> outputs = node.getOutputsOfOp().stream().map(graph::getVariable).toList();
    List<String> inputNames = inputsOf(node);
    List<Tangent> tangents =
        inputNames.stream().map(n -> knownTangents.getOrDefault(n, Tangent.ZERO)).toList();
    boolean constant = tangents.stream().allMatch(Tangent::isZero);
    boolean discrete = outputs.stream().noneMatch(v -> v.dataType().isFPType());
    if (constant || discrete) {
      return outputs.stream().map(v -> Tangent.ZERO).toList();
    }
    String kind = node.getOp().opName();
    TangentRule rule =
        rules
            .find(kind)
            .orElseThrow(() -> new MissingTangentRuleException(kind, outputs.get(0).name()));
    List<SDVariable> inputs = inputNames.stream().map(graph::getVariable).toList();
    return rule.apply(new Operation(node.getOp(), inputs, outputs, tangents, this));
  }

  /**
   * The operations that {@code output} is computed from, each after those it needs. The search
   * keeps its own stack, as a deep graph would overflow the thread's.
   */
  private static List<SameDiffOp> operationsBefore(SDVariable output, Set<String> independent) {
    SameDiff graph = output.getSameDiff();
    List<SameDiffOp> ordered = new ArrayList<>();
    Set<String> opened = new HashSet<>();
    Set<String> closed = new HashSet<>();
    Deque<SameDiffOp> pending = new ArrayDeque<>();
    push(graph, output.name(), independent, opened, pending);
    while (!pending.isEmpty()) {
      SameDiffOp node = pending.peek();
      if (opened.add(node.getName())) {
        for (String input : inputsOf(node)) {
          push(graph, input, independent, opened, pending);
        }
      } else {
        pending.pop();
        if (closed.add(node.getName())) {
          ordered.add(node);
        }
      }
    }
    return ordered;
  }

  private static void push(
      SameDiff graph,
      String variable,
      Set<String> independent,
      Set<String> opened,
      Deque<SameDiffOp> pending) {
    String producer = graph.getVariables().get(variable).getOutputOfOp();
    if (producer != null && !independent.contains(variable) && !opened.contains(producer)) {
      pending.push(graph.getOps().get(producer));
    }
  }

  private static List<String> inputsOf(SameDiffOp node) {
    return node.getInputsToOp() == null ? List.of() : node.getInputsToOp();
  }
}
