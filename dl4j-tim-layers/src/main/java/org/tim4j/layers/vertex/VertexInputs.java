package org.tim4j.layers.vertex;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a vertex is given in one pass.
 *
 * @param arrays in the order of {@link VertexDefinition#inputs()}
 * @param masks as many: of an input with {@link MaskUse#KEYS} that has padding the mask {@code
 *     [batch, tokens]} of zeros and ones, row-major and of the network's type; otherwise null
 */
public record VertexInputs(INDArray[] arrays, INDArray[] masks) {

  /** Returns inputs without padding. */
  public static VertexInputs unmasked(INDArray... arrays) {
    return new VertexInputs(arrays, new INDArray[arrays.length]);
  }

  /** Returns whether any input has padding. */
  public boolean hasMask() {
    for (INDArray mask : masks) {
      if (mask != null) {
        return true;
      }
    }
    return false;
  }
}
