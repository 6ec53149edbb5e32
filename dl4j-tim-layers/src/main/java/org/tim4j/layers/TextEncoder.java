package org.tim4j.layers;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Captions as conditions of a network.
 *
 * <p>{@link WordEncoder} works offline: its tokens are embedded by the network itself, which learns
 * them. A pretrained encoder is plugged in by implementing this interface; its condition is a
 * {@link Condition.Caption}, and {@code encode} returns the encoder's last hidden states {@code
 * [batch, length, features]}. With ONNX Runtime ({@code com.microsoft.onnxruntime:onnxruntime}) and
 * a tokenizer of the encoder that gives {@code long[][] ids} and {@code long[][] mask}:
 *
 * <pre>{@code
 * final class OnnxEncoder implements TextEncoder {
 *   private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
 *   private final OrtSession session;
 *   private final Tokenizer tokenizer;
 *   private final int features;
 *   // constructor: session = environment.createSession("encoder.onnx")
 *
 *   public Condition condition() {
 *     return new Condition.Caption(features);
 *   }
 *
 *   public INDArray encode(List<String> captions) {
 *     Tokens tokens = tokenizer.encode(captions);
 *     try (OnnxTensor ids = OnnxTensor.createTensor(environment, tokens.ids());
 *         OnnxTensor mask = OnnxTensor.createTensor(environment, tokens.mask());
 *         OrtSession.Result result =
 *             session.run(Map.of("input_ids", ids, "attention_mask", mask))) {
 *       return Nd4j.createFromArray((float[][][]) result.get(0).getValue());
 *     } catch (OrtException e) {
 *       throw new IllegalStateException("the text encoder failed", e);
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>The published text-to-image network attends to the padding inside the longest caption of a
 * batch, and its null condition are the features of the empty caption, cut to the same length: give
 * {@code encode(List.of("", …))} to the sampler's guidance, and drop captions out in the data.
 */
public interface TextEncoder {
  /** Returns what a network must be told to take what {@link #encode} returns. */
  Condition condition();

  /**
   * Returns the conditions of captions, one row each.
   *
   * @param captions texts, perhaps empty
   * @return {@code [batch, length, features]} for {@link Condition.Caption}, {@code [batch,
   *     length]} for {@link Condition.Text}
   */
  INDArray encode(List<String> captions);
}
