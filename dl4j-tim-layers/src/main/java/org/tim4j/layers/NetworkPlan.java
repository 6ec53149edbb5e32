package org.tim4j.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.tim4j.layers.attention.IntervalAttention;
import org.tim4j.layers.block.RepresentationHead;
import org.tim4j.layers.block.TimBlock;
import org.tim4j.layers.embedding.CaptionEmbedding;
import org.tim4j.layers.embedding.ClassEmbedding;
import org.tim4j.layers.embedding.TextEmbedding;
import org.tim4j.layers.embedding.TransitionEmbedding;
import org.tim4j.layers.embedding.VectorEmbedding;
import org.tim4j.layers.vertex.Parameter;
import org.tim4j.layers.vertex.TimVertex;

/**
 * The vertices of a network, in an order in which each comes after its inputs. The alignment head
 * is the last, so that what is not trained need not be computed.
 */
final class NetworkPlan {
  static final String X = "x";
  static final String T = "t";
  static final String R = "r";
  static final String CONDITION = "condition";
  static final String PATCH = "patch";
  static final String PREDICTION = "final";
  static final String FEATURES = "repa";

  private static final String TIME = "time";
  private static final String PHI = "phi";
  private static final String DELTA = "delta";
  private static final String LABEL = "label";
  private static final String TEXT = "text";
  private static final String CAPTION = "caption";
  private static final String SUM = "c";
  private static final String BLOCK = "block";

  /** A vertex with its name and what it is connected to. */
  record Node(String name, GraphVertex vertex, List<String> inputs) {}

  private final TimNetworkConfig config;
  private final List<Node> nodes = new ArrayList<>();

  NetworkPlan(TimNetworkConfig config) {
    this.config = config;
    int hidden = config.hidden();
    NetworkEnds ends = new NetworkEnds(config);
    add(PATCH, ends.embedding(), X);
    add(
        TIME,
        TransitionEmbedding.builder()
            .hidden(hidden)
            .condition(config.intervalCondition())
            .separate(config.separateIntervalEmbedding())
            .runtime(config.runtime())
            .build(),
        T,
        R);
    add(PHI, new SubsetVertex(0, hidden - 1), TIME);
    add(DELTA, new SubsetVertex(hidden, 2 * hidden - 1), TIME);
    addCondition();
    for (int block = 0; block < config.depth(); block++) {
      add(BLOCK + block, block(), blockInputs(block));
    }
    add(PREDICTION, ends.prediction(), BLOCK + (config.depth() - 1), SUM);
    if (config.representation() != null) {
      add(FEATURES, head(), BLOCK + (config.representation().afterBlock() - 1));
    }
  }

  /** Returns the vertices in the order in which their parameters lie. */
  List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /** Returns the names of the network's inputs. */
  List<String> inputs() {
    return hasCondition() ? List.of(X, T, R, CONDITION) : List.of(X, T, R);
  }

  /** Returns the names of the network's outputs. */
  List<String> outputs() {
    return config.representation() == null ? List.of(PREDICTION) : List.of(PREDICTION, FEATURES);
  }

  /** Returns the parameters by {@code <vertex>.<parameter>}. */
  Map<String, Parameter> parameters() {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    for (Node node : nodes) {
      if (node.vertex() instanceof TimVertex<?> vertex) {
        for (Parameter parameter : vertex.getDefinition().parameters()) {
          parameters.put(node.name() + "." + parameter.name(), parameter);
        }
      }
    }
    return parameters;
  }

  private boolean hasCondition() {
    return !(config.condition() instanceof Condition.None);
  }

  private boolean hasCaption() {
    return config.condition() instanceof Condition.Caption
        || config.condition() instanceof Condition.Text;
  }

  private void add(String name, GraphVertex vertex, String... inputs) {
    nodes.add(new Node(name, vertex, List.of(inputs)));
  }

  /** A class or a vector is a summand of the modulating condition; a caption is attended to. */
  private void addCondition() {
    if (config.condition() instanceof Condition.Text text) {
      add(TEXT, textEmbedding(text), CONDITION);
      add(CAPTION, captionEmbedding(text.features()), TEXT);
    } else if (config.condition() instanceof Condition.Caption caption) {
      add(CAPTION, captionEmbedding(caption.features()), CONDITION);
    } else if (hasCondition()) {
      add(LABEL, conditionEmbedding(), CONDITION);
    }
    GraphVertex sum = new ElementWiseVertex(ElementWiseVertex.Op.Add);
    if (hasCondition() && !hasCaption()) {
      add(SUM, sum, PHI, DELTA, LABEL);
    } else {
      add(SUM, sum, PHI, DELTA);
    }
  }

  private TimVertex<?> conditionEmbedding() {
    int hidden = config.hidden();
    if (config.condition() instanceof Condition.Classes classes) {
      return ClassEmbedding.builder()
          .nIn(classes.rows())
          .hidden(hidden)
          .deviation(classes.deviation())
          .runtime(config.runtime())
          .build();
    }
    return VectorEmbedding.builder()
        .nIn(((Condition.Vector) config.condition()).size())
        .hidden(hidden)
        .runtime(config.runtime())
        .build();
  }

  private TimVertex<?> textEmbedding(Condition.Text text) {
    return TextEmbedding.builder()
        .vocabulary(text.vocabulary())
        .length(text.length())
        .features(text.features())
        .runtime(config.runtime())
        .build();
  }

  private TimVertex<?> captionEmbedding(int features) {
    return CaptionEmbedding.builder()
        .nIn(features)
        .hidden(config.hidden())
        .runtime(config.runtime())
        .build();
  }

  private TimVertex<TimBlock> block() {
    return TimBlock.builder()
        .attention(
            IntervalAttention.builder()
                .hidden(config.hidden())
                .heads(config.heads())
                .qkNorm(config.qkNorm())
                .distanceAware(config.distanceAware())
                .ropeOrder(config.ropeOrder())
                .definition())
        .mlpHidden(config.mlpHidden())
        .modulationRank(config.modulationRank())
        .captioned(hasCaption())
        .activations(config.activations())
        .runtime(config.runtime())
        .build();
  }

  private String[] blockInputs(int block) {
    List<String> inputs = new ArrayList<>();
    inputs.add(block == 0 ? PATCH : BLOCK + (block - 1));
    inputs.add(SUM);
    if (config.distanceAware()) {
      inputs.add(DELTA);
    }
    if (hasCaption()) {
      inputs.add(CAPTION);
    }
    return inputs.toArray(String[]::new);
  }

  private TimVertex<RepresentationHead> head() {
    return RepresentationHead.builder()
        .hidden(config.hidden())
        .inner(config.representation().projectorSize())
        .features(config.representation().featureSize())
        .runtime(config.runtime())
        .build();
  }
}
