package org.tim4j.tribuo.config;

/**
 * What a token of the network is. On tables of 4 to 30 numbers {@link #ROW} generates rows as good
 * at less cost; see "Tables" in the README.
 */
public enum Tokenization {
  /** A whole row is one token: the network is a multilayer perceptron. */
  ROW,
  /**
   * Each feature, or group of features that are one category, is a token with an embedding of its
   * own, and tokens attend to each other (Gorishniy et al., "Revisiting deep learning models for
   * tabular data", arXiv 2106.11959). A training step costs more the more features there are.
   */
  FEATURE
}
