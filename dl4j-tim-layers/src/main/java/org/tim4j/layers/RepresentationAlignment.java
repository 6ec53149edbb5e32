package org.tim4j.layers;

import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;

/**
 * The optional head whose output is aligned with the features of a pretrained encoder during
 * training (Yu et al., arXiv 2410.06940).
 *
 * @param afterBlock the head reads what this many blocks have made; at least 1
 * @param projectorSize width of each of the head's inner layers
 * @param featureSize features a token of the pretrained encoder
 */
public record RepresentationAlignment(int afterBlock, int projectorSize, int featureSize) {
  /**
   * Checks the settings.
   *
   * @throws InvalidInputException if one is not positive
   */
  public RepresentationAlignment {
    Require.atLeast("afterBlock", afterBlock, 1);
    Require.atLeast("projectorSize", projectorSize, 1);
    Require.atLeast("featureSize", featureSize, 1);
  }
}
