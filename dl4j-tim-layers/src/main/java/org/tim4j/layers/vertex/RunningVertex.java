package org.tim4j.layers.vertex;

import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The vertex that a {@link TimVertex} becomes in a graph.
 *
 * <p>It takes the place of {@code SameDiffGraphVertex}, which in 1.0.0-M2.1 loses its gradient view
 * (so that clipping passes it by) and ignores the training flag.
 *
 * <p>A graph of 1.0.0-M2.1 asks its layers alone for their penalty, their number of parameters and
 * their parameters by name, and tells them alone that masks are over. It collects its layers while
 * it is initialised, so that is when, and only when, a vertex says that it has one: later the graph
 * would take it for a {@code LayerVertex}.
 */
@SuppressWarnings("overrides") // BaseGraphVertex declares setInputs without the interface's dots.
final class RunningVertex extends BaseGraphVertex {
  private static final long serialVersionUID = 1L;

  private final transient TimVertex<?> configuration;
  private final transient VertexRun run;
  private final transient RunningLayer listed;
  private transient INDArray[] masks;

  RunningVertex(
      TimVertex<?> configuration,
      VertexRun run,
      ComputationGraph graph,
      String name,
      int index,
      DataType type) {
    super(graph, name, index, null, null, type);
    this.configuration = configuration;
    this.run = run;
    this.listed = new Listed(configuration.listed(name), run, type);
  }

  /** What the graph has in its list of layers. It computes nothing. */
  private final class Listed extends RunningLayer {
    private static final long serialVersionUID = 1L;

    Listed(NeuralNetConfiguration configuration, VertexRun run, DataType type) {
      super(configuration, run, type);
    }

    /** A frozen vertex is wrapped; no penalty of it counts, as none of a frozen layer does. */
    @Override
    public double calcRegularizationScore(boolean backpropOnly) {
      return getGraph().getVertices()[getVertexIndex()] == RunningVertex.this
          ? super.calcRegularizationScore(backpropOnly)
          : 0;
    }

    @Override
    public void setMaskArray(INDArray mask) {
      if (mask == null) {
        masks = null;
      }
    }
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray output = run.forward(getInputs(), masks, training, workspaces);
    PoolingCheck.require(getGraph(), this, output);
    return output;
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    return run.backward(getInputs(), masks, getEpsilon(), workspaces);
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray view) {
    run.setErrorView(view);
  }

  @Override
  public INDArray getGradientsViewArray() {
    return run.flatErrors();
  }

  @Override
  public INDArray params() {
    return run.flatParameters();
  }

  @Override
  public Map<String, INDArray> paramTable(boolean backpropOnly) {
    return run.parameters();
  }

  @Override
  public TrainingConfig getConfig() {
    return configuration;
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] inputMasks, MaskState state, int batch) {
    INDArray carried = run.carriedMask(inputMasks);
    masks = inputMasks;
    return new Pair<>(carried, state);
  }

  @Override
  public boolean hasLayer() {
    return getInputVertices() == null;
  }

  @Override
  public Layer getLayer() {
    return listed;
  }

  @Override
  public String toString() {
    return "RunningVertex(" + getVertexName() + ", " + configuration.getDefinition() + ")";
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
