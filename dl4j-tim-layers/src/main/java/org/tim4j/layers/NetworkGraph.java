package org.tim4j.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.tim4j.layers.vertex.TimVertex;
import org.tim4j.layers.vertex.VertexLayer;

/**
 * A network as the beginning of a Deeplearning4j graph, for those who train with a loss layer and
 * {@code fit}.
 *
 * <pre>{@code
 * GraphBuilder graph = NetworkGraph.builder(config, new NeuralNetConfiguration.Builder().updater(new Adam(1e-3)));
 * graph.addLayer("loss", lossLayer, NetworkGraph.PREDICTION).setOutputs("loss");
 * }</pre>
 */
public final class NetworkGraph {
  /** Name of the vertex that predicts. */
  public static final String PREDICTION = NetworkPlan.PREDICTION;

  /** Name of the vertex of the alignment head; there is none unless the configuration has one. */
  public static final String FEATURES = NetworkPlan.FEATURES;

  private NetworkGraph() {}

  /**
   * Returns a graph builder that holds the inputs {@code x}, {@code t}, {@code r} and, if the
   * network has one, {@code condition}, and every vertex of the network. Outputs are still to be
   * set.
   *
   * @param base updater, regularisation and whatever else is to apply; its data type is set to the
   *     network's
   */
  public static ComputationGraphConfiguration.GraphBuilder builder(
      TimNetworkConfig config, NeuralNetConfiguration.Builder base) {
    NetworkPlan plan = new NetworkPlan(config);
    ComputationGraphConfiguration.GraphBuilder graph =
        base.dataType(config.dataType())
            .graphBuilder()
            .addInputs(plan.inputs().toArray(String[]::new));
    for (NetworkPlan.Node node : plan.nodes()) {
      String[] inputs = node.inputs().toArray(String[]::new);
      if (node.name().equals(NetworkPlan.PATCH)) {
        // A layer, because fit() does nothing in a graph whose vertices hold all the parameters.
        graph.addLayer(node.name(), new VertexLayer((TimVertex<?>) node.vertex()), inputs);
      } else {
        graph.addVertex(node.name(), node.vertex(), inputs);
      }
    }
    return graph;
  }

  /** Returns the whole configuration of a network without a loss. */
  static ComputationGraphConfiguration configuration(
      TimNetworkConfig config, NeuralNetConfiguration.Builder base) {
    NetworkPlan plan = new NetworkPlan(config);
    ComputationGraphConfiguration configuration =
        builder(config, base).setOutputs(plan.outputs().toArray(String[]::new)).build();
    // The order of the plan rather than one that Deeplearning4j finds, which would put the
    // alignment head between the blocks and have it computed in every prediction.
    List<String> names = new ArrayList<>(plan.inputs());
    plan.nodes().forEach(node -> names.add(node.name()));
    configuration.setTopologicalOrderStr(names);
    configuration.setTopologicalOrder(IntStream.range(0, names.size()).toArray());
    return configuration;
  }
}
