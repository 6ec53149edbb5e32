package org.tim4j.layers.vertex;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * The layer that a {@link VertexLayer} becomes in a network.
 *
 * <p>It takes the place of {@code SameDiffLayer}, which in 1.0.0-M2.1 doubles gradients, ignores
 * {@code setParam}, leaves penalties out of the score and loses its gradient view.
 */
class RunningLayer extends AbstractLayer<VertexLayer> {
  private static final long serialVersionUID = 1L;

  private final transient VertexRun run;

  /** Makes the layer of a run whose parameters {@code configuration} names. */
  RunningLayer(NeuralNetConfiguration configuration, VertexRun run, DataType type) {
    super(configuration, type);
    this.run = run;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    return run.forward(new INDArray[] {input}, masks(), training, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray error, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    Pair<Gradient, INDArray[]> result =
        run.backward(new INDArray[] {input}, masks(), error, workspaces);
    return new Pair<>(result.getFirst(), backpropDropOutIfPresent(result.getSecond()[0]));
  }

  private INDArray[] masks() {
    return new INDArray[] {maskArray};
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int batch) {
    INDArray carried = run.carriedMask(new INDArray[] {mask});
    super.feedForwardMaskArray(mask, state, batch);
    return new Pair<>(carried, state);
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
  public long numParams() {
    return run.flatParameters().length();
  }

  @Override
  public Map<String, INDArray> paramTable(boolean backpropOnly) {
    return run.parameters();
  }

  @Override
  public INDArray getParam(String name) {
    return run.parameters().get(name);
  }

  @Override
  public void setParam(String name, INDArray value) {
    run.setParameter(name, value);
  }

  @Override
  public void setParams(INDArray values) {
    run.setParameters(values);
  }

  @Override
  public void setParamTable(Map<String, INDArray> table) {
    run.setParameters(table);
  }

  @Override
  public double calcRegularizationScore(boolean backpropOnly) {
    double score = 0.0;
    for (Map.Entry<String, INDArray> parameter : run.parameters().entrySet()) {
      List<Regularization> penalties = layerConf().getRegularizationByParam(parameter.getKey());
      if (penalties != null) {
        for (Regularization penalty : penalties) {
          score += penalty.score(parameter.getValue(), iterationCount, epochCount);
        }
      }
    }
    return score;
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {
    // No weight noise is kept.
  }

  @Override
  public Layer clone() {
    throw new UnsupportedOperationException("clone the network instead of one of its layers");
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
