package org.tim4j.layers.vertex;

import java.util.Arrays;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;

/**
 * Deeplearning4j's masks of a vertex's inputs: what goes on to the output, what attention takes.
 */
final class VertexMasks {
  private VertexMasks() {}

  /**
   * Returns the mask of the output, null for none.
   *
   * @param owner name of the vertex, for messages
   * @param masks one for each input, null where there is none; null if there is none at all
   * @throws InvalidInputException if one of them cannot be honoured
   */
  static INDArray ofOutput(String owner, VertexDefinition definition, INDArray[] masks) {
    if (masks == null || masks.length == 0) {
      return null;
    }
    for (int i = 0; i < masks.length; i++) {
      String input = definition.inputs().get(i);
      if (masks[i] != null && definition.maskUse(input) == MaskUse.REFUSED) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "%s (%s) got a mask for its input \"%s\", which it cannot honour; give that input without a mask.",
                owner,
                definition.getClass().getSimpleName(),
                input));
      }
    }
    return masks[0];
  }

  /**
   * Returns the masks that the definition looks at, null where there is none.
   *
   * @param inputs arrays of checked shapes
   * @param masks as for {@link #ofOutput}
   * @throws InvalidInputException if a mask does not fit its input
   */
  static INDArray[] ofKeys(
      VertexDefinition definition, INDArray[] inputs, INDArray[] masks, DataType type) {
    INDArray[] keys = new INDArray[inputs.length];
    for (int i = 0; masks != null && i < inputs.length; i++) {
      String input = definition.inputs().get(i);
      if (masks[i] != null && definition.maskUse(input) == MaskUse.KEYS) {
        keys[i] = of(input, masks[i], inputs[i].shape(), type);
      }
    }
    return keys;
  }

  /**
   * Returns the mask as {@code [batch, tokens]}, or null if there is no padding.
   *
   * @param input name of the masked input, for messages
   * @param mask {@code [batch, tokens]}, or for a grid also {@code [batch, height, width]} with an
   *     axis of extent 1 before or after
   * @param tokens shape of the masked input
   * @throws InvalidInputException if the shape does not fit or a value is neither 0 nor 1
   */
  private static INDArray of(String input, INDArray mask, long[] tokens, DataType type) {
    long count = Arrays.stream(tokens, 1, tokens.length - 1).reduce(1, Math::multiplyExact);
    if (mask.rank() < 2 || mask.size(0) != tokens[0] || !hasExtents(mask.shape(), tokens, count)) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "The mask of input \"%s\" has shape %s, but the input has %s; give a mask [%d, %d].",
              input,
              Arrays.toString(mask.shape()),
              Arrays.toString(tokens),
              tokens[0],
              count));
    }
    boolean padded = false;
    for (double value : mask.dup('c').data().asDouble()) {
      if (value != 0 && value != 1) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "The mask of input \"%s\" holds %s; give 1 for a token and 0 for padding.",
                input,
                value));
      }
      padded |= value == 0;
    }
    return padded ? mask.castTo(type).dup('c').reshape('c', tokens[0], count) : null;
  }

  private static boolean hasExtents(long[] mask, long[] tokens, long count) {
    long[] own = Arrays.stream(mask, 1, mask.length).filter(extent -> extent != 1).toArray();
    long[] grid =
        Arrays.stream(tokens, 1, tokens.length - 1).filter(extent -> extent != 1).toArray();
    long[] row = count == 1 ? new long[0] : new long[] {count};
    return Arrays.equals(own, grid) || Arrays.equals(own, row);
  }
}
