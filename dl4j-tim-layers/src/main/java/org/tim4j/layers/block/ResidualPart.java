package org.tim4j.layers.block;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.tim4j.layers.definition.LayerNorm;
import org.tim4j.layers.vertex.GraphScope;

/**
 * One residual part of a block: {@code x + gate · f(LayerNorm(x)·(1 + scale) + shift)}.
 *
 * @param chunks shift, scale and gate, each {@code [batch, 1, hidden]}
 */
record ResidualPart(GraphScope scope, List<SDVariable> chunks, long tokens, long hidden) {

  /** Returns the modulated normalisation of {@code x} as rows. */
  SDVariable modulated(SDVariable x) {
    return scope.rows(LayerNorm.modulate(scope, x, 2, chunks.get(0), chunks.get(1)), hidden);
  }

  /** Returns x + gate · y. */
  SDVariable add(SDVariable x, SDVariable rows) {
    return x.add(chunks.get(2).mul(scope.graph().reshape(rows, -1, tokens, hidden)));
  }
}
