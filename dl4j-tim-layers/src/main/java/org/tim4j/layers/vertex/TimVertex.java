package org.tim4j.layers.vertex;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.BaseConstraint;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDVertexParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonIgnoreProperties;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.base.TimRuntime;

/**
 * Configuration of a vertex in a {@code ComputationGraph}: a definition and what runs it.
 *
 * <p>It carries updater, regularisation and gradient normalisation as every Deeplearning4j
 * configuration does; what is not set on the vertex is taken from the network. The builders of the
 * layers make it; a {@link VertexDefinition} of your own is wrapped with the constructor.
 *
 * @param <D> the definition
 */
@JsonIgnoreProperties({"vertexParams", "layerName"})
public final class TimVertex<D extends VertexDefinition> extends SameDiffVertex {
  private static final long serialVersionUID = 1L;

  private final D definition;
  private final TimRuntime runtime;
  private List<BaseConstraint> constraints = List.of();

  /** Makes the configuration; both arguments are what JSON holds. */
  @JsonCreator
  public TimVertex(
      @JsonProperty("definition") D definition, @JsonProperty("runtime") TimRuntime runtime) {
    this.definition = Require.present("definition", definition);
    this.runtime = Require.present("runtime", runtime);
  }

  /** Returns the settings, shapes and mathematics. */
  public D getDefinition() {
    return definition;
  }

  /** Returns what computes the vertex. */
  public TimRuntime getRuntime() {
    return runtime;
  }

  /** Returns the constraints that the matrices fulfil after each update. */
  public List<BaseConstraint> getConstraints() {
    return constraints;
  }

  /** Sets the constraints that the matrices are to fulfil after each update. */
  public void setConstraints(List<BaseConstraint> values) {
    constraints = List.copyOf(values);
  }

  /** Returns the penalties of a parameter, followed by its constraints. */
  @Override
  public List<Regularization> getRegularizationByParam(String name) {
    List<Regularization> penalties = super.getRegularizationByParam(name);
    if (constraints.isEmpty()) {
      return penalties;
    }
    List<Regularization> all = new ArrayList<>(penalties == null ? List.of() : penalties);
    for (Parameter parameter : definition.parameters()) {
      if (parameter.name().equals(name) && parameter.role() == Parameter.Role.WEIGHT) {
        for (BaseConstraint constraint : constraints) {
          all.add(new ConstraintProjection(constraint, parameter.dimensions()));
        }
      }
    }
    return all;
  }

  @Override
  public void defineParametersAndInputs(SDVertexParams target) {
    VertexLayer.declare(definition, target);
    target.defineInputs(definition.inputs().toArray(String[]::new));
  }

  @Override
  public SDVariable defineVertex(
      SameDiff graph,
      Map<String, SDVariable> inputs,
      Map<String, SDVariable> parameters,
      Map<String, SDVariable> masks) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    inputs.forEach((name, input) -> shapes.put(name, input.getShape()));
    return definition.define(
        new GraphScope(
            graph,
            inputs.values().iterator().next().dataType(),
            inputs,
            shapes,
            Map.of(),
            parameters));
  }

  /** Not used: values depend on the network's seed, which {@link #instantiate} knows. */
  @Override
  public void initializeParameters(Map<String, INDArray> parameters) {
    throw new UnsupportedOperationException("parameters are initialised by instantiate");
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameterView,
      boolean initializeParameters,
      DataType type) {
    setName(name);
    InputCount.require(
        "Vertex \"" + name + "\"",
        definition,
        graph.getConfiguration().getVertexInputs().get(name).size());
    VertexRun run =
        new VertexRun(
            definition, runtime, name, getVertexParams().getParameterKeys(), parameterView, type);
    if (initializeParameters) {
      run.initialize(graph.getConfiguration().getDefaultConfiguration().getSeed());
    }
    return new RunningVertex(this, run, graph, name, index, type);
  }

  /** Returns what a graph may know of the vertex as one of its layers. */
  NeuralNetConfiguration listed(String name) {
    NeuralNetConfiguration listed = new NeuralNetConfiguration();
    listed.setLayer(VertexLayer.listed(this, name));
    getVertexParams().getParameterKeys().forEach(listed::addVariable);
    return listed;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputs) {
    return InputTypes.output(definition, inputs);
  }

  @Override
  public int minVertexInputs() {
    return definition.inputs().size();
  }

  @Override
  public int maxVertexInputs() {
    return definition.inputs().size();
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int batch) {
    return new Pair<>(VertexMasks.ofOutput("A vertex", definition, masks), state);
  }

  @Override
  public GraphVertex clone() {
    try {
      return NeuralNetConfiguration.mapper()
          .readValue(NeuralNetConfiguration.mapper().writeValueAsString(this), GraphVertex.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a vertex configuration could not be copied", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimVertex<?> that
        && super.equals(that)
        && definition.equals(that.definition)
        && constraints.equals(that.constraints)
        && runtime == that.runtime;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), definition, runtime, constraints);
  }

  @Override
  public String toString() {
    return definition + " on " + runtime;
  }
}
