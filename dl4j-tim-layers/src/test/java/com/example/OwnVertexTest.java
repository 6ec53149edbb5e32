package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.block.SwiGlu;
import org.tim4j.layers.vertex.GraphScope;
import org.tim4j.layers.vertex.Parameter;
import org.tim4j.layers.vertex.TimVertex;
import org.tim4j.layers.vertex.VertexDefinition;

/** A layer that a user writes, in a package of the user's. */
class OwnVertexTest {
  /** Each value times a learned factor; the other record is there to be written with it. */
  record Scaled(int size, SwiGlu inside) implements VertexDefinition {
    @Override
    public List<String> inputs() {
      return List.of("values");
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(Parameter.gain("factor", size));
    }

    @Override
    public long[] outputShape(long[]... inputs) {
      return inputs[0].clone();
    }

    @Override
    public SDVariable define(GraphScope scope) {
      return scope.input("values").mul(scope.parameter("factor"));
    }
  }

  private static final Scaled SCALED =
      new Scaled(3, SwiGlu.builder().nIn(3).inner(4).nOut(3).definition());

  private static ComputationGraphConfiguration configuration(TimRuntime runtime) {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new Sgd(0.1))
        .graphBuilder()
        .addInputs("x")
        .setInputTypes(InputType.feedForward(3))
        .addVertex("scaled", new TimVertex<>(SCALED, runtime), "x")
        .addLayer(
            "out",
            new OutputLayer.Builder(LossFunction.MSE).nOut(2).activation(Activation.TANH).build(),
            "scaled")
        .setOutputs("out")
        .build();
  }

  @Test
  void comesBackFromJsonAndYaml() {
    ComputationGraphConfiguration written = configuration(TimRuntime.SAMEDIFF);
    ComputationGraphConfiguration read = ComputationGraphConfiguration.fromJson(written.toJson());
    assertEquals(written, read);
    assertEquals(SCALED, ((TimVertex<?>) read.getVertices().get("scaled")).getDefinition());
    assertEquals(written, ComputationGraphConfiguration.fromYaml(written.toYaml()));
    assertEquals(written, written.clone());
  }

  @Test
  void learns() {
    ComputationGraph graph = new ComputationGraph(configuration(TimRuntime.SAMEDIFF));
    graph.init();
    INDArray x = Nd4j.createFromArray(new float[][] {{1, 2, 3}, {-1, 0, 2}});
    INDArray y = Nd4j.createFromArray(new float[][] {{0.5f, -0.5f}, {0.2f, 0.1f}});
    MultiDataSet data = new MultiDataSet(x, y);
    graph.fit(data);
    double first = graph.score();
    for (int step = 0; step < 20; step++) {
      graph.fit(data);
    }
    assertTrue(graph.score() < first, graph.score() + " after " + first);
  }

  @Test
  void saysThatThereIsNoFusedKernel() {
    ComputationGraph graph = new ComputationGraph(configuration(TimRuntime.FUSED));
    assertEquals(
        "Scaled has no fused kernel for these settings; choose TimRuntime.SAMEDIFF.",
        assertThrows(InvalidInputException.class, graph::init).getMessage());
  }
}
