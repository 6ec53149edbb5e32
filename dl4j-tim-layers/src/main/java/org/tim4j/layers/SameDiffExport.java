package org.tim4j.layers;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.vertex.GraphScope;
import org.tim4j.layers.vertex.MaskUse;
import org.tim4j.layers.vertex.Parameter;
import org.tim4j.layers.vertex.TimVertex;
import org.tim4j.layers.vertex.VertexDefinition;

/** Writes the definitions of a network's vertices into one SameDiff graph. */
final class SameDiffExport {
  private final Map<String, INDArray> values;
  private final TimNetworkConfig config;
  private final SameDiff graph = SameDiff.create();
  private final Map<String, SDVariable> variables = new LinkedHashMap<>();
  private final Map<String, long[]> shapes = new LinkedHashMap<>();

  /** Of vertices whose tokens have one. */
  private final Map<String, SDVariable> masks = new HashMap<>();

  SameDiffExport(TimNetwork network) {
    this.config = network.config();
    this.values = network.parameterTable();
  }

  /** Returns the graph of a network of tokens with a placeholder for their mask. */
  SameDiff maskedGraph(int tokens, int captionLength) {
    if (config.inputKind() != InputKind.TOKENS) {
      throw new InvalidInputException(
          "inputKind is " + config.inputKind() + "; only TOKENS may have a mask.");
    }
    masks.put(NetworkPlan.X, graph.placeHolder("mask", config.dataType(), -1, tokens));
    return graph(1, tokens, captionLength);
  }

  SameDiff graph(int height, int width, int captionLength) {
    addPlaceholders(height, width, captionLength);
    for (NetworkPlan.Node node : new NetworkPlan(config).nodes()) {
      GraphVertex vertex = node.vertex();
      if (vertex instanceof TimVertex<?> defined) {
        define(node, defined.getDefinition());
      } else if (vertex instanceof SubsetVertex subset) {
        subset(node, subset);
      } else {
        add(node);
      }
    }
    variables.get(NetworkPlan.PREDICTION).rename("prediction");
    if (config.representation() != null) {
      variables.get(NetworkPlan.FEATURES).rename("features");
    }
    return graph;
  }

  private void addPlaceholders(int height, int width, int captionLength) {
    placeholder(
        NetworkPlan.X,
        switch (config.inputKind()) {
          case IMAGE -> new long[] {-1, config.channels(), height, width};
          case TOKENS -> new long[] {-1, (long) height * width, config.channels()};
          case ROWS -> new long[] {-1, 1, config.channels()};
        });
    placeholder(NetworkPlan.T, -1, 1);
    placeholder(NetworkPlan.R, -1, 1);
    if (config.condition() instanceof Condition.Classes) {
      placeholder(NetworkPlan.CONDITION, -1, 1);
    } else if (config.condition() instanceof Condition.Vector vector) {
      placeholder(NetworkPlan.CONDITION, -1, vector.size());
    } else if (config.condition() instanceof Condition.Text text) {
      placeholder(NetworkPlan.CONDITION, -1, text.length());
    } else if (config.condition() instanceof Condition.Caption caption) {
      if (captionLength < 1) {
        throw new InvalidInputException(
            "This network takes captions, so its graph has one caption length; give toSameDiff a"
                + " positive one.");
      }
      placeholder(NetworkPlan.CONDITION, -1, captionLength, caption.features());
    }
  }

  private void placeholder(String name, long... shape) {
    variables.put(name, graph.placeHolder(name, config.dataType(), shape.clone()));
    shapes.put(name, shape);
  }

  private void define(NetworkPlan.Node node, VertexDefinition definition) {
    Map<String, SDVariable> inputs = new LinkedHashMap<>();
    Map<String, long[]> inputShapes = new LinkedHashMap<>();
    Map<String, SDVariable> keys = new HashMap<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      inputs.put(definition.inputs().get(i), variables.get(node.inputs().get(i)));
      inputShapes.put(definition.inputs().get(i), shapes.get(node.inputs().get(i)));
      SDVariable mask = masks.get(node.inputs().get(i));
      if (mask != null && definition.maskUse(definition.inputs().get(i)) == MaskUse.KEYS) {
        keys.put(definition.inputs().get(i), mask);
      }
    }
    if (masks.containsKey(node.inputs().get(0))) {
      masks.put(node.name(), masks.get(node.inputs().get(0)));
    }
    shapes.put(node.name(), definition.outputShape(inputShapes.values().toArray(long[][]::new)));
    Map<String, SDVariable> parameters = new LinkedHashMap<>();
    for (Parameter parameter : definition.parameters()) {
      String name = node.name() + "." + parameter.name();
      parameters.put(parameter.name(), graph.var(name, values.get(name).dup('c')));
    }
    variables.put(
        node.name(),
        definition.define(
            new GraphScope(graph, config.dataType(), inputs, inputShapes, keys, parameters)));
  }

  /** A subset is one of the equal parts of its input. */
  private void subset(NetworkPlan.Node node, SubsetVertex subset) {
    String input = node.inputs().get(0);
    int size = subset.getTo() - subset.getFrom() + 1;
    int parts = Math.toIntExact(shapes.get(input)[1] / size);
    variables.put(
        node.name(), graph.split(variables.get(input), parts, 1)[subset.getFrom() / size]);
    shapes.put(node.name(), new long[] {-1, size});
  }

  private void add(NetworkPlan.Node node) {
    SDVariable sum = variables.get(node.inputs().get(0));
    for (String input : node.inputs().subList(1, node.inputs().size())) {
      sum = sum.add(variables.get(input));
    }
    variables.put(node.name(), sum);
    shapes.put(node.name(), shapes.get(node.inputs().get(0)));
  }
}
