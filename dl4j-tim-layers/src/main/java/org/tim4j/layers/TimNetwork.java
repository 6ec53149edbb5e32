package org.tim4j.layers;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;
import org.tim4j.layers.backend.BackendCheck;
import org.tim4j.layers.base.InvalidInputException;

/**
 * The network f(x_t, t, r, condition) of transition models (arXiv 2509.04394), a Deeplearning4j
 * graph with passes for those who compute losses and update parameters themselves.
 *
 * <p>{@link #create} draws the parameters so that the prediction is 0 everywhere. A training step
 * is {@link #forward}, then {@link #backward}, then a change of {@link #parameters()} in place.
 * Instances serve one thread at a time; use {@link #copy()} for more.
 */
public final class TimNetwork {
  private final TimNetworkConfig config;
  private final ComputationGraph graph;
  private final NetworkPass pass;
  private INDArray lastPrediction;
  private INDArray lastFeatures;

  private TimNetwork(TimNetworkConfig config, ComputationGraph graph) {
    this.config = config;
    this.graph = graph;
    this.pass = new NetworkPass(graph);
  }

  /**
   * Returns a new network.
   *
   * @param seed of the first parameters; each is drawn from a stream of its own, so that networks
   *     of one seed agree wherever they have a parameter of the same name and shape in common
   * @throws org.tim4j.layers.backend.BackendException if ND4J cannot start: what is missing
   */
  public static TimNetwork create(TimNetworkConfig config, long seed) {
    ComputationGraph graph = graph(config, seed);
    graph.init();
    return new TimNetwork(config, graph);
  }

  /**
   * Returns a network with given parameters; none are drawn.
   *
   * @param parameters of the configuration's data type, laid out as {@link #parameters()}; they
   *     become the network's own, so that changes to them change the network
   * @throws InvalidInputException if there are not as many as the configuration asks for, or they
   *     are of another type
   */
  public static TimNetwork withParameters(TimNetworkConfig config, INDArray parameters) {
    if (parameters.length() != config.parameterCount()
        || parameters.dataType() != config.dataType()) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%d parameters of type %s were given; the configuration asks for %d of type %s.",
              parameters.length(),
              parameters.dataType(),
              config.parameterCount(),
              config.dataType()));
    }
    ComputationGraph graph = graph(config, 0);
    graph.init(parameters.reshape(1, parameters.length()), false);
    return new TimNetwork(config, graph);
  }

  private static ComputationGraph graph(TimNetworkConfig config, long seed) {
    BackendCheck.requireUsable(); // The next line is the first that starts ND4J.
    NeuralNetConfiguration.Builder base =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(new NoOp())
            .trainingWorkspaceMode(WorkspaceMode.NONE)
            .inferenceWorkspaceMode(WorkspaceMode.NONE);
    return new ComputationGraph(NetworkGraph.configuration(config, base));
  }

  /** Returns what the network was made from. */
  public TimNetworkConfig config() {
    return config;
  }

  /** Returns the graph itself; its outputs are {@code final} and, if there is one, {@code repa}. */
  public ComputationGraph graph() {
    return graph;
  }

  /** Returns the number of parameters. */
  public long parameterCount() {
    return config.parameterCount();
  }

  /** Returns all parameters as one vector; a view, so that changes to it change the network. */
  public INDArray parameters() {
    return graph.params();
  }

  /** Returns each parameter by {@code <vertex>.<parameter>}; views into {@link #parameters()}. */
  public Map<String, INDArray> parameterTable() {
    Map<String, INDArray> table = new LinkedHashMap<>();
    for (String name : config.parameterShapes().keySet()) {
      int dot = name.indexOf('.');
      table.put(
          name,
          graph.getVertex(name.substring(0, dot)).paramTable(false).get(name.substring(dot + 1)));
    }
    return table;
  }

  /**
   * Returns the prediction and keeps nothing. The alignment head is not computed.
   *
   * @throws InvalidInputException if the input does not fit the network
   */
  public INDArray predict(TimInput input) {
    return pass.infer(arrays(input), input.mask(), List.of(NetworkPlan.PREDICTION)).get(0);
  }

  /**
   * Returns prediction and features and keeps what {@link #backward} needs.
   *
   * @throws InvalidInputException if the input does not fit the network
   */
  public TimOutput forward(TimInput input) {
    List<INDArray> outputs =
        pass.train(arrays(input), input.mask(), graph.getConfiguration().getNetworkOutputs());
    lastPrediction = outputs.get(0);
    lastFeatures = outputs.size() > 1 ? outputs.get(1) : null;
    return new TimOutput(lastPrediction, lastFeatures);
  }

  /**
   * Returns the gradient with respect to all parameters, laid out as {@link #parameters()}, for the
   * last {@link #forward}; a view that the next call overwrites.
   *
   * @param predictionError gradient of the loss with respect to the prediction, of its shape
   * @param featureError gradient with respect to the features, or null if the loss has no such part
   * @throws InvalidInputException if an error's shape is not that of the output, or if there was no
   *     forward pass since the last backward pass
   */
  public INDArray backward(INDArray predictionError, INDArray featureError) {
    if (lastPrediction == null) {
      throw new InvalidInputException(
          "There is no forward pass to go back through; call forward before each backward.");
    }
    requireShape("prediction", predictionError, lastPrediction);
    if (featureError != null) {
      requireShape("features", featureError, lastFeatures);
    }
    if (graph.getGradientsViewArray() == null) {
      graph.initGradientsView();
    }
    Map<String, INDArray> errors = new HashMap<>();
    errors.put(NetworkPlan.PREDICTION, predictionError);
    if (featureError != null) {
      errors.put(NetworkPlan.FEATURES, featureError);
    }
    pass.backward(errors);
    lastPrediction = null;
    lastFeatures = null;
    INDArray gradient = graph.getGradientsViewArray();
    return gradient.reshape(gradient.length());
  }

  private static void requireShape(String output, INDArray error, INDArray value) {
    if (value == null || !value.equalShapes(error)) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "The error of the %s has shape %s, but the %s has %s.",
              output,
              Arrays.toString(error.shape()),
              output,
              value == null ? "none" : Arrays.toString(value.shape())));
    }
  }

  /** Returns a network of its own with equal parameters. */
  public TimNetwork copy() {
    ComputationGraph copy =
        graph(config, graph.getConfiguration().getDefaultConfiguration().getSeed());
    copy.init(parameters().dup().reshape(1, parameters().length()), false);
    return new TimNetwork(config, copy);
  }

  /**
   * Returns the network as one SameDiff graph for one size, any batch: placeholders {@code x},
   * {@code t}, {@code r} and, if there is one, {@code condition}; output {@code prediction} and, if
   * there is an alignment head, {@code features}; parameters, copied, as variables {@code
   * <vertex>.<parameter>}.
   *
   * @param height of the images in pixels; 1 for tokens
   * @param width of the images in pixels; number of tokens for tokens
   * @throws InvalidInputException if the patch does not divide the size, or if the network takes
   *     captions, whose length must be given too
   */
  public SameDiff toSameDiff(int height, int width) {
    return new SameDiffExport(this).graph(height, width, -1);
  }

  /**
   * As {@link #toSameDiff(int, int)}, for a network that takes captions.
   *
   * @param captionLength tokens of each caption
   */
  public SameDiff toSameDiff(int height, int width, int captionLength) {
    return new SameDiffExport(this).graph(height, width, captionLength);
  }

  /**
   * As {@link #toSameDiff(int, int, int)}, for a network of tokens, with a placeholder {@code mask}
   * {@code [batch, tokens]}: 1 for a token, 0 for padding.
   *
   * @throws InvalidInputException if the network is not one of tokens
   */
  public SameDiff toMaskedSameDiff(int tokens, int captionLength) {
    return new SameDiffExport(this).maskedGraph(tokens, captionLength);
  }

  private INDArray[] arrays(TimInput input) {
    if (input.mask() != null && config.inputKind() != InputKind.TOKENS) {
      throw new InvalidInputException(
          "A mask was given, but inputKind is " + config.inputKind() + "; only TOKENS have one.");
    }
    boolean conditional = !(config.condition() instanceof Condition.None);
    if (conditional != (input.condition() != null)) {
      throw new InvalidInputException(
          conditional
              ? String.format(
                  Locale.ROOT,
                  "This network needs a condition of kind %s; none was given.",
                  config.condition())
              : "A condition was given, but this network takes none.");
    }
    INDArray x = input.x().castTo(config.dataType());
    INDArray t = input.t().castTo(config.dataType());
    INDArray r = input.r().castTo(config.dataType());
    return conditional
        ? new INDArray[] {x, t, r, input.condition().castTo(config.dataType())}
        : new INDArray[] {x, t, r};
  }
}
