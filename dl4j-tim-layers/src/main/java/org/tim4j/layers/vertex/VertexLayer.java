package org.tim4j.layers.vertex;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonIgnoreProperties;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.tim4j.layers.base.InvalidInputException;

/**
 * A vertex of one input as a layer, for a {@code MultiLayerNetwork} or for {@code addLayer} of a
 * graph.
 *
 * <p>Updater, regularisation, constraints and gradient normalisation are those of this layer; the
 * wrapped vertex's own are not looked at.
 */
@JsonIgnoreProperties({"layerParams"})
public final class VertexLayer extends AbstractSameDiffLayer {
  private static final long serialVersionUID = 1L;

  private final TimVertex<? extends VertexDefinition> vertex;

  /**
   * Wraps a vertex without settings of its own.
   *
   * @throws InvalidInputException if the vertex does not have exactly one input
   */
  @JsonCreator
  public VertexLayer(@JsonProperty("vertex") TimVertex<? extends VertexDefinition> vertex) {
    this.vertex = requireOneInput(vertex);
    // Made at once, because the parent compares the field and its accessors read it unchecked.
    getLayerParams();
  }

  /**
   * Never called: without it Deeplearning4j warns, wrongly, that the layer cannot be read from
   * JSON.
   */
  private VertexLayer() {
    throw new UnsupportedOperationException("give a vertex");
  }

  private VertexLayer(Builder builder) {
    super(builder);
    this.vertex = requireOneInput(builder.vertex);
    getLayerParams();
    initializeConstraints(builder);
  }

  private VertexLayer(TimVertex<? extends VertexDefinition> vertex, String name) {
    this.vertex = vertex;
    getLayerParams();
    setLayerName(name);
    setUpdater(vertex.getUpdater());
    setBiasUpdater(vertex.getBiasUpdater());
    setRegularization(vertex.getRegularization());
    setRegularizationBias(vertex.getRegularizationBias());
  }

  /** Returns what a graph knows of a vertex, of any number of inputs, as one of its layers. */
  static VertexLayer listed(TimVertex<? extends VertexDefinition> vertex, String name) {
    return new VertexLayer(vertex, name);
  }

  private static TimVertex<? extends VertexDefinition> requireOneInput(
      TimVertex<? extends VertexDefinition> vertex) {
    if (vertex.getDefinition().inputs().size() != 1) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%s has the inputs %s, but a layer has one; add it to a ComputationGraph with addVertex.",
              vertex.getDefinition().getClass().getSimpleName(),
              vertex.getDefinition().inputs()));
    }
    return vertex;
  }

  /** Starts a layer with settings of its own. */
  public static Builder builder(TimVertex<? extends VertexDefinition> vertex) {
    return new Builder(vertex);
  }

  /** Returns what is wrapped. */
  public TimVertex<? extends VertexDefinition> getVertex() {
    return vertex;
  }

  @Override
  public void defineParameters(SDLayerParams target) {
    declare(vertex.getDefinition(), target);
  }

  static void declare(VertexDefinition definition, SDLayerParams target) {
    for (Parameter parameter : definition.parameters()) {
      switch (parameter.role()) {
        case WEIGHT -> target.addWeightParam(parameter.name(), parameter.dimensions());
        case BIAS -> target.addBiasParam(parameter.name(), parameter.dimensions());
      }
    }
  }

  /** Not used: values depend on the network's seed, which {@link #instantiate} knows. */
  @Override
  public void initializeParameters(Map<String, INDArray> parameters) {
    throw new UnsupportedOperationException("parameters are initialised by instantiate");
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameterView,
      boolean initializeParameters,
      DataType type) {
    configuration.clearVariables();
    getLayerParams().getParameterKeys().forEach(configuration::addVariable);
    String name = getLayerName() == null ? "layer" + index : getLayerName();
    VertexRun run =
        new VertexRun(
            vertex.getDefinition(),
            vertex.getRuntime(),
            name,
            getLayerParams().getParameterKeys(),
            parameterView,
            type);
    if (initializeParameters) {
      run.initialize(configuration.getSeed());
    }
    RunningLayer layer = new RunningLayer(configuration, run, type);
    layer.setIndex(index);
    layer.setListeners(listeners);
    return layer;
  }

  /** Cuts a flat image into rows and channels for a layer that reads images, as convolutions do. */
  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType type) {
    VertexDefinition definition = vertex.getDefinition();
    if (type instanceof InputType.InputTypeConvolutionalFlat flat
        && definition.inputFormat(definition.inputs().get(0)) == CNN2DFormat.NCHW
        && !InputTypes.takesVector(definition, flat.getFlattenedSize())) {
      return new FeedForwardToCnnPreProcessor(flat.getHeight(), flat.getWidth(), flat.getDepth());
    }
    return null;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType input) {
    return InputTypes.output(vertex.getDefinition(), input);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VertexLayer that && super.equals(that) && vertex.equals(that.vertex);
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + vertex.hashCode();
  }

  /** Builder of a layer with settings of its own, all inherited from Deeplearning4j. */
  public static final class Builder extends AbstractSameDiffLayer.Builder<Builder> {
    private final TimVertex<? extends VertexDefinition> vertex;

    private Builder(TimVertex<? extends VertexDefinition> vertex) {
      this.vertex = vertex;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <E extends org.deeplearning4j.nn.conf.layers.Layer> E build() {
      return (E) new VertexLayer(this);
    }
  }
}
