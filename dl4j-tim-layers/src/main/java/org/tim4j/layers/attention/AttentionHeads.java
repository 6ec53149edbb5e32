package org.tim4j.layers.attention;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.definition.LayerNorm;
import org.tim4j.layers.definition.Linear;
import org.tim4j.layers.vertex.GraphScope;
import org.tim4j.layers.vertex.Parameter;

/**
 * What self-attention and attention to a caption share: heads, the normalisation of queries and
 * keys, the scaled dot product and the output projection.
 *
 * @param prefix of the parameter names
 * @param hidden embedding dimension of the tokens
 * @param heads number of heads; {@code hidden / heads} is a multiple of 4
 * @param qkNorm whether queries and keys are normalised in each head (Dehghani et al., arXiv
 *     2302.05442, section 2)
 */
record AttentionHeads(String prefix, int hidden, int heads, boolean qkNorm) {
  /** Lies so far below every logit that its exponential is 0 beside theirs. */
  private static final double MASKED = 1e9;

  AttentionHeads {
    Require.atLeast("hidden", hidden, 1);
    Require.atLeast("heads", heads, 1);
    if (hidden % heads != 0) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%d heads do not divide the hidden size %d; choose a divisor.",
              heads,
              hidden));
    }
    if (hidden / heads % 4 != 0) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%d heads of a hidden size of %d have %d numbers each, but two rotary axes of pairs need a multiple of 4.",
              heads,
              hidden,
              hidden / heads));
    }
  }

  int size() {
    return hidden / heads;
  }

  List<Parameter> parameters() {
    Stream<Parameter> norms =
        qkNorm
            ? Stream.concat(
                norm(ParameterNames.QUERY).parameters().stream(),
                norm(ParameterNames.KEY).parameters().stream())
            : Stream.empty();
    return Stream.concat(norms, projection().parameters().stream()).toList();
  }

  private Linear projection() {
    return Linear.named(prefix + ParameterNames.PROJECTION, hidden, hidden);
  }

  private LayerNorm norm(String which) {
    return new LayerNorm(
        ParameterNames.normGain(prefix + which), ParameterNames.normBias(prefix + which), size());
  }

  /**
   * Returns the {@code parts} parts of each row as {@code [batch, heads, tokens, size]}; a row
   * holds [part₀ | part₁ | …], each part [head₀ | head₁ | …].
   */
  List<SDVariable> split(GraphScope scope, SDVariable rows, long tokens, int parts) {
    SameDiff graph = scope.graph();
    SDVariable byPart = graph.reshape(rows, -1, tokens, parts, heads, size());
    return List.of(graph.unstack(graph.permute(byPart, 2, 0, 3, 1, 4), 0, parts));
  }

  SDVariable normalizeQuery(GraphScope scope, SDVariable query) {
    return qkNorm ? norm(ParameterNames.QUERY).define(scope, query, 3) : query;
  }

  SDVariable normalizeKey(GraphScope scope, SDVariable key) {
    return qkNorm ? norm(ParameterNames.KEY).define(scope, key, 3) : key;
  }

  /**
   * Returns softmax(q·kᵀ/√size)·v with the heads joined and projected, {@code [batch·tokens,
   * hidden]} (Vaswani et al., arXiv 1706.03762, equation 1).
   *
   * @param mask {@code [batch, keys]}, 0 for keys that get no weight; null if all get one. Without
   *     any key the sum of values is 0
   * @param keys number of keys
   */
  SDVariable attend(
      GraphScope scope,
      SDVariable query,
      SDVariable key,
      SDVariable value,
      SDVariable mask,
      long keys) {
    SameDiff graph = scope.graph();
    SDVariable logits = graph.mmul(query.mul(1.0 / Math.sqrt(size())), key, false, true, false);
    SDVariable mixed = graph.mmul(weights(scope, logits, mask, keys), value);
    return projection().define(scope, scope.rows(graph.permute(mixed, 0, 2, 1, 3), hidden));
  }

  private static SDVariable weights(
      GraphScope scope, SDVariable logits, SDVariable mask, long keys) {
    if (mask == null) {
      return scope.graph().nn().softmax(logits, -1);
    }
    SameDiff graph = scope.graph();
    SDVariable real = graph.expandDims(graph.expandDims(mask, 1), 1);
    // ND4J 1.0.0-M2.1 fails to reduce an axis of extent 1 in a graph, as in LayerNorm.
    SDVariable any = keys == 1 ? real : real.max(true, 3);
    // Where there is no key at all every logit is 0: DOUBLE's softmax of huge ones is NaN.
    SDVariable masked = logits.mul(real).add(real.sub(any).mul(MASKED));
    return graph.nn().softmax(masked, -1).mul(real);
  }
}
