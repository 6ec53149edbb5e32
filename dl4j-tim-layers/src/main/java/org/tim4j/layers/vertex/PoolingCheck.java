package org.tim4j.layers.vertex;

import java.util.Locale;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.layers.pooling.GlobalPoolingLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;

/**
 * Keeps tokens from a pooling that would take their features for time: {@code GlobalPoolingLayer}
 * of 1.0.0-M2.1 pools the last axis of a sequence, whatever the sequence's format says.
 */
final class PoolingCheck {
  private PoolingCheck() {}

  /**
   * @param output of the vertex
   * @throws InvalidInputException if a pooling reads it along the wrong axis
   */
  static void require(ComputationGraph graph, GraphVertex vertex, INDArray output) {
    VertexIndices[] readers = vertex.getOutputVertices();
    if (output.rank() != 3 || readers == null) {
      return;
    }
    for (VertexIndices index : readers) {
      if (graph.getVertices()[index.getVertexIndex()] instanceof LayerVertex reader
          && reader.getLayerPreProcessor() == null
          && reader.getLayer() instanceof GlobalPoolingLayer pooling
          && (pooling.layerConf().getPoolingDimensions() == null
              || pooling.getMaskArray() != null)) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "Vertex \"%s\" gives [batch, tokens, features] to the pooling \"%s\", which would pool the features; put a PreprocessorVertex between them, of a ComposableInputPreProcessor with RnnToFeedForwardPreProcessor(RNNFormat.NWC) and FeedForwardToRnnPreProcessor(RNNFormat.NCW).",
                vertex.getVertexName(),
                reader.getVertexName()));
      }
    }
  }
}
