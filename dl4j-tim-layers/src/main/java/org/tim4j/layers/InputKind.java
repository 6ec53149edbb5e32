package org.tim4j.layers;

/** What a network generates. */
public enum InputKind {
  /** Images {@code [batch, channels, height, width]}. */
  IMAGE,
  /** Sets of tokens without positions, {@code [batch, tokens, channels]}. */
  TOKENS,
  /** Rows of a table, {@code [batch, 1, channels]}; inside the network each column is a token. */
  ROWS
}
