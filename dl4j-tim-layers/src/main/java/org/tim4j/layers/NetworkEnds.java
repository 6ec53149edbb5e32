package org.tim4j.layers;

import org.tim4j.layers.block.FeatureDetokenizer;
import org.tim4j.layers.block.OutputProjection;
import org.tim4j.layers.embedding.FeatureTokenizer;
import org.tim4j.layers.embedding.PatchEmbedding;
import org.tim4j.layers.embedding.TokenEmbedding;
import org.tim4j.layers.vertex.TimVertex;

/** The first and the last vertex of a network, which depend on what it generates. */
record NetworkEnds(TimNetworkConfig config) {

  /** Returns the vertex that makes tokens of the input. */
  TimVertex<?> embedding() {
    return switch (config.inputKind()) {
      case IMAGE ->
          PatchEmbedding.builder()
              .channels(config.channels())
              .patch(config.patch())
              .hidden(config.hidden())
              .runtime(config.runtime())
              .build();
      case TOKENS ->
          TokenEmbedding.builder()
              .nIn(config.channels())
              .hidden(config.hidden())
              .runtime(config.runtime())
              .build();
      case ROWS ->
          FeatureTokenizer.builder()
              .columns(config.columns())
              .hidden(config.hidden())
              .runtime(config.runtime())
              .build();
    };
  }

  /** Returns the vertex that makes the prediction of tokens and condition. */
  TimVertex<?> prediction() {
    return switch (config.inputKind()) {
      case IMAGE, TOKENS ->
          OutputProjection.builder()
              .hidden(config.hidden())
              .channels(config.channels())
              .patch(config.patch())
              .runtime(config.runtime())
              .build();
      case ROWS ->
          FeatureDetokenizer.builder()
              .columns(config.columns())
              .hidden(config.hidden())
              .runtime(config.runtime())
              .build();
    };
  }
}
