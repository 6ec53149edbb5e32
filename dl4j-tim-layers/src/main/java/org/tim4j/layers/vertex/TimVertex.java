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
import org.nd4j.shade.jackson.annotation.JsonIgnoreProperties;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.tim4j.layers.base.TimRuntime;

/**
 * Configuration of a vertex in a {@code ComputationGraph}: a definition and what runs it.
 *
 * <p>It carries updater, regularisation and gradient normalisation as every Deeplearning4j
 * configuration does; what is not set on the vertex is taken from the network.
 *
 * @param <D> the definition
 */
@JsonIgnoreProperties({"vertexParams", "layerName"})
public abstract class TimVertex<D extends VertexDefinition> extends SameDiffVertex {
  private static final long serialVersionUID = 1L;

  private final D definition;
  private final TimRuntime runtime;
  private List<BaseConstraint> constraints = List.of();

  /** Makes the configuration; both arguments are what JSON holds. */
  protected TimVertex(D definition, TimRuntime runtime) {
    this.definition = Objects.requireNonNull(definition, "definition");
    this.runtime = Objects.requireNonNull(runtime, "runtime");
  }

  /** Makes the configuration and takes over what the builder says of training. */
  @SuppressWarnings("this-escape") // The setters are Deeplearning4j's; no subclass overrides them.
  protected TimVertex(D definition, VertexBuilder<?> builder) {
    this(definition, builder.runtime());
    builder.applyTo(this);
  }

  /** Returns the settings, shapes and mathematics. */
  public final D getDefinition() {
    return definition;
  }

  /** Returns what computes the vertex. */
  public final TimRuntime getRuntime() {
    return runtime;
  }

  /** Returns the constraints that the matrices fulfil after each update. */
  public final List<BaseConstraint> getConstraints() {
    return constraints;
  }

  /** Sets the constraints that the matrices are to fulfil after each update. */
  public final void setConstraints(List<BaseConstraint> values) {
    constraints = List.copyOf(values);
  }

  /** Returns the penalties of a parameter, followed by its constraints. */
  @Override
  public final List<Regularization> getRegularizationByParam(String name) {
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
  public final void defineParametersAndInputs(SDVertexParams target) {
    VertexLayer.declare(definition, target);
    target.defineInputs(definition.inputs().toArray(String[]::new));
  }

  @Override
  public final SDVariable defineVertex(
      SameDiff graph,
      Map<String, SDVariable> inputs,
      Map<String, SDVariable> parameters,
      Map<String, SDVariable> masks) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    inputs.forEach((name, input) -> shapes.put(name, input.getShape()));
    return definition.define(
        new GraphScope(
            graph, inputs.values().iterator().next().dataType(), inputs, shapes, parameters));
  }

  /** Not used: values depend on the network's seed, which {@link #instantiate} knows. */
  @Override
  public final void initializeParameters(Map<String, INDArray> parameters) {
    throw new UnsupportedOperationException("parameters are initialised by instantiate");
  }

  @Override
  public final org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameterView,
      boolean initializeParameters,
      DataType type) {
    setName(name);
    VertexRun run =
        new VertexRun(
            definition, runtime, name, getVertexParams().getParameterKeys(), parameterView, type);
    if (initializeParameters) {
      run.initialize(graph.getConfiguration().getDefaultConfiguration().getSeed());
    }
    return new RunningVertex(this, run, graph, name, index, type);
  }

  @Override
  public final InputType getOutputType(int layerIndex, InputType... inputs) {
    return InputTypes.output(definition, inputs);
  }

  @Override
  public final int minVertexInputs() {
    return definition.inputs().size();
  }

  @Override
  public final int maxVertexInputs() {
    return definition.inputs().size();
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int batch) {
    return new Pair<>(masks == null || masks.length == 0 ? null : masks[0], state);
  }

  @Override
  public final GraphVertex clone() {
    try {
      return NeuralNetConfiguration.mapper()
          .readValue(NeuralNetConfiguration.mapper().writeValueAsString(this), GraphVertex.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a vertex configuration could not be copied", e);
    }
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof TimVertex<?> that
        && getClass() == that.getClass()
        && super.equals(that)
        && definition.equals(that.definition)
        && constraints.equals(that.constraints)
        && runtime == that.runtime;
  }

  @Override
  public final int hashCode() {
    return Objects.hash(super.hashCode(), definition, runtime, constraints);
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + "(" + definition + ", " + runtime + ")";
  }
}
