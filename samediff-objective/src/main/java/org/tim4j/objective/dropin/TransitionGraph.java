package org.tim4j.objective.dropin;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.InputKind;
import org.tim4j.layers.NetworkGraph;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.loss.TransitionLoss;
import org.tim4j.objective.training.TrainingConfig;

/** A network with the transition loss as a graph for {@code fit}, and the way back. */
public final class TransitionGraph {
  private static final String LOSS = "loss";

  private TransitionGraph() {}

  /**
   * Returns the configuration of a network that ends in a {@link StateTransitionLoss}. It trains
   * pictures of any size that the patch divides.
   *
   * @param network a network for pictures, without an alignment head
   * @param training what the {@link StateTransitionPreProcessor} is made from too; updater and
   *     clipping are Deeplearning4j's here
   * @param base updater, regularisation and whatever else is to apply
   * @throws InvalidInputException if the network takes tokens or has an alignment head
   */
  public static ComputationGraphConfiguration configuration(
      TimNetworkConfig network, TrainingConfig training, NeuralNetConfiguration.Builder base) {
    if (network.inputKind() != InputKind.IMAGE || network.representation() != null) {
      throw new InvalidInputException(
          "the drop-in loss trains networks for pictures without an alignment head; use"
              + " TransitionTrainer for others");
    }
    TransitionLoss loss = training.loss();
    GraphBuilder graph = NetworkGraph.builder(network, base);
    graph.addLayer(
        LOSS,
        new LossLayer.Builder()
            .lossFunction(
                new StateTransitionLoss(
                    loss.directional(),
                    loss.scale(),
                    network.channels(),
                    training.transport().name()))
            .activation(Activation.IDENTITY)
            .build(),
        new FlattenedPicture(),
        NetworkGraph.PREDICTION);
    return graph.setOutputs(LOSS).build();
  }

  /**
   * Returns a network of its own with the parameters of a graph, to sample with.
   *
   * @param graph made from {@link #configuration}
   * @param network what it was made from
   */
  public static TimNetwork network(ComputationGraph graph, TimNetworkConfig network) {
    TimNetwork copy = TimNetwork.create(network, 0);
    copy.parameterTable().forEach((name, values) -> values.assign(parameter(graph, name)));
    return copy;
  }

  /**
   * Gives a graph the parameters of a network, to train it further.
   *
   * @param graph made from {@link #configuration}; changed in place
   * @param network of the same configuration
   */
  public static void setParameters(ComputationGraph graph, TimNetwork network) {
    network.parameterTable().forEach((name, values) -> parameter(graph, name).assign(values));
  }

  /** Returns the loss that the graph ends in. */
  static StateTransitionLoss loss(ComputationGraph graph) {
    if (graph.getNumOutputArrays() == 1
        && graph.getOutputLayer(0).conf().getLayer() instanceof LossLayer layer
        && layer.getLossFn() instanceof StateTransitionLoss loss) {
      return loss;
    }
    throw new InvalidInputException(
        "the graph does not end in a StateTransitionLoss; make it with TransitionGraph");
  }

  private static INDArray parameter(ComputationGraph graph, String name) {
    int dot = name.indexOf('.');
    return graph.getVertex(name.substring(0, dot)).paramTable(false).get(name.substring(dot + 1));
  }
}
