package org.tim4j.layers.vertex;

/**
 * What a vertex does with the mask of an input: 1 for a token that is there, 0 for padding, as
 * Deeplearning4j has it.
 */
public enum MaskUse {
  /** It cannot be honoured here: a pass with such a mask is refused. */
  REFUSED,
  /** Tokens, or examples, are computed each on its own: the mask goes on to what follows. */
  CARRIED,
  /** Tokens of the input are attended to, padding is not; the mask goes on as well. */
  KEYS
}
