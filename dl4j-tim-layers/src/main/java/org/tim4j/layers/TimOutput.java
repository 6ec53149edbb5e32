package org.tim4j.layers;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a {@link TimNetwork} gives in training.
 *
 * @param prediction of the input's shape
 * @param features {@code [batch, tokens, features]} of the alignment head, or null if there is none
 */
public record TimOutput(INDArray prediction, INDArray features) {}
