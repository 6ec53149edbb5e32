package org.tim4j.layers;

import org.tim4j.layers.base.RopeOrder;

/**
 * The networks of the paper (arXiv 2509.04394) as the authors released them, with their alignment
 * head and order of positions. They work on latents of an autoencoder.
 */
public enum TimPreset {
  /** TiM-B/4: 32×32 latents of 4 channels, 1,000 classes; 136,173,120 parameters. */
  B_4(4, 4, 768, 12, 12, 256, 4, new Condition.Classes(1000, true)),
  /** TiM-XL/2 for 256×256 images: 32×32 latents of 4 channels; 672,259,344 parameters. */
  XL_2(4, 2, 1152, 28, 16, 384, 8, new Condition.Classes(1000, true)),
  /** TiM-XL/1 for 512×512 images: 16×16 latents of 32 channels; 672,296,224 parameters. */
  XL_1_512(32, 1, 1152, 28, 16, 384, 8, new Condition.Classes(1000, true)),
  /** Text to image, latents of 32 channels, any size; 873,109,408 parameters. */
  TEXT_TO_IMAGE(32, 1, 1152, 28, 16, 384, 8, new Condition.Caption(1152));

  private static final int PROJECTOR_SIZE = 2048;
  private static final int ENCODER_FEATURES = 768;

  private final TimNetworkConfig config;

  TimPreset(
      int channels,
      int patch,
      int hidden,
      int depth,
      int heads,
      int modulationRank,
      int alignedBlock,
      Condition condition) {
    config =
        TimNetworkConfig.builder()
            .channels(channels)
            .patch(patch)
            .hidden(hidden)
            .depth(depth)
            .heads(heads)
            .modulationRank(modulationRank)
            .condition(condition)
            .ropeOrder(RopeOrder.OFFICIAL)
            .representation(
                new RepresentationAlignment(alignedBlock, PROJECTOR_SIZE, ENCODER_FEATURES))
            .build();
  }

  /** Returns the configuration; change it with {@link TimNetworkConfig#toBuilder()}. */
  public TimNetworkConfig config() {
    return config;
  }
}
