package org.tim4j.layers.vertex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tim4j.layers.base.InvalidInputException;

/** How many inputs a vertex has is checked when a graph is built. */
class InputCountTest {
  @ParameterizedTest
  @MethodSource("org.tim4j.layers.vertex.VertexCase#all")
  void anotherNumberOfInputsIsRefusedByName(VertexCase<?> vertex) {
    VertexDefinition definition = vertex.vertex().getDefinition();
    String kind = definition.getClass().getSimpleName();
    int count = vertex.inputTypes().length;
    for (int given = 1; given <= count + 1; given++) {
      // Deeplearning4j merges several inputs of what takes one.
      if (given != count && count > 1) {
        InputType[] types = Arrays.copyOf(vertex.inputTypes(), given);
        String verb = given == 1 ? "is" : "are";
        assertEquals(
            kind
                + " takes the inputs "
                + definition.inputs()
                + ", in this order, but "
                + given
                + " "
                + verb
                + " given.",
            assertThrows(InvalidInputException.class, () -> vertex.vertex().getOutputType(0, types))
                .getMessage());
        GraphBuilder graph = new NeuralNetConfiguration.Builder().graphBuilder();
        String[] inputs = new String[given];
        Arrays.setAll(inputs, i -> "input" + i);
        graph.addInputs(inputs).addVertex("m", vertex.vertex(), inputs).setOutputs("m");
        assertEquals(
            "Vertex \"m\" takes the inputs "
                + definition.inputs()
                + ", in this order, but "
                + given
                + " "
                + verb
                + " given.",
            assertThrows(
                    InvalidInputException.class, () -> new ComputationGraph(graph.build()).init())
                .getMessage());
      }
    }
  }
}
