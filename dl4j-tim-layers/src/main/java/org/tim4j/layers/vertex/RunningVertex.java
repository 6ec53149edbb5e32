package org.tim4j.layers.vertex;

import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.api.TrainingConfig;
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
 */
@SuppressWarnings("overrides") // BaseGraphVertex declares setInputs without the interface's dots.
final class RunningVertex extends BaseGraphVertex {
  private static final long serialVersionUID = 1L;

  private final transient TimVertex<?> configuration;
  private final transient VertexRun run;

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
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    return run.forward(getInputs(), training, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    return run.backward(getInputs(), getEpsilon(), workspaces);
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
      INDArray[] masks, MaskState state, int batch) {
    return configuration.feedForwardMaskArrays(masks, state, batch);
  }

  @Override
  public boolean hasLayer() {
    return false;
  }

  @Override
  public Layer getLayer() {
    return null;
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
