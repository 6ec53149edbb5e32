package org.tim4j.objective.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.Condition;
import org.tim4j.layers.TimInput;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.TimOutput;
import org.tim4j.layers.attention.Rotary;
import org.tim4j.layers.attention.TokenGrid;
import org.tim4j.layers.base.RopeOrder;
import org.tim4j.layers.weights.OfficialConfig;
import org.tim4j.layers.weights.TimWeights;

/** Writes the files of whole networks of random configurations, computed in double precision. */
final class NetworkReferences {
  private final RandomArrays random;
  private final ObjectNode config;
  private final TimNetwork network;

  /**
   * @param captioned whether captions or classes are the condition
   */
  NetworkReferences(RandomArrays random, boolean captioned) {
    this.random = random;
    config = config(captioned);
    network = TimNetwork.create(OfficialConfig.read(config).dataType(DataType.DOUBLE).build(), 0);
    network.parameterTable().forEach(this::draw);
  }

  /** Draws values that keep activations near 1, so that single precision is precise. */
  private void draw(String name, INDArray values) {
    INDArray drawn = random.singles(values.shape());
    if (values.rank() > 1) {
      drawn.muli(0.8 / Math.sqrt(values.size(0)));
    } else {
      drawn.muli(0.1).addi(name.matches(".*[gG]ain") ? 1 : 0);
    }
    values.assign(drawn.castTo(DataType.FLOAT));
  }

  private ObjectNode config(boolean captioned) {
    int heads = random.between(1, 3);
    int depth = random.between(1, 3);
    ObjectNode node = new TensorFile().description;
    node.put("in_channels", random.between(1, 5))
        .put("patch_size", random.between(1, 3))
        .put("hidden_size", heads * 4 * random.between(1, 3))
        .put("depth", depth)
        .put("num_heads", heads)
        .put("encoder_depth", random.between(1, depth))
        .put("projector_dim", random.between(3, 9))
        .put("z_dim", random.between(2, 7))
        .put("qk_norm", random.coin())
        .put("distance_aware", random.coin())
        .put("use_new_embed", random.coin())
        .put("new_condition", random.one("t-r", "r", "t,r", "t,t-r", "r,t-r", "t,r,t-r"))
        .put("mlp_ratio", random.one(1.5, 2.0, 3.0));
    if (random.coin()) {
      node.put("lora_hidden_size", random.between(1, 9));
    }
    return captioned
        ? node.put("cap_feat_dim", random.between(2, 11))
        : node.put("num_classes", random.between(1, 20));
  }

  TimNetwork network() {
    return network;
  }

  ObjectNode config() {
    return config;
  }

  /** Parameters under the authors' names. */
  TensorFile parameters(DataType type, INDArray flat) {
    TensorFile file = new TensorFile();
    TimNetwork carrier = network.copy();
    carrier.parameters().assign(flat);
    TimWeights.of(network.config())
        .toOfficial(carrier.parameterTable())
        .forEach(
            (name, values) -> {
              if (type == DataType.DOUBLE) {
                file.f64(name, values);
              } else {
                file.f32(name, values);
              }
            });
    return file;
  }

  /** Writes the parameters and the configuration. */
  void writeWeights(Path folder, String name, DataType type) throws IOException {
    TensorFile weights = parameters(type, network.parameters());
    weights.description.set("config", config);
    weights.write(folder, name + ".weights");
  }

  void write(Path folder, String name) throws IOException {
    writeWeights(folder, name, DataType.FLOAT);
    TensorFile io = new TensorFile();
    io.description.set("config", config);
    int patch = network.config().patch();
    int batch = random.between(1, 4);
    addSize(io, batch, patch * random.between(1, 3), patch * random.between(4, 5), true);
    addSize(io, batch + 1, patch * 2, patch * 2, false);
    io.write(folder, name + ".io");
  }

  private void addSize(TensorFile io, int batch, int height, int width, boolean inside) {
    TimNetworkConfig settings = network.config();
    String prefix = height + "x" + width + "/";
    INDArray x = random.singles(batch, settings.channels(), height, width);
    INDArray t = random.singles(batch, 1);
    INDArray r = random.singles(batch, 1);
    io.f32(prefix + "x", x).f32(prefix + "t", t.reshape(batch)).f32(prefix + "r", r.reshape(batch));
    TimInput input = new TimInput(x, t, r, condition(io, prefix + "y", batch, DataType.FLOAT));
    TimOutput output = network.forward(input);
    io.f32(prefix + "out", output.prediction())
        .f64(prefix + "out_f64net", output.prediction())
        .f32(prefix + "h_proj", output.features());
    if (inside) {
      addActivations(io, prefix, input);
    }
  }

  private void addActivations(TensorFile io, String prefix, TimInput input) {
    TimNetworkConfig settings = network.config();
    int patch = settings.patch();
    TokenGrid grid = new TokenGrid(input.x().size(2) / patch, input.x().size(3) / patch, true);
    int size = settings.hidden() / settings.heads();
    Rotary rotary = new Rotary(grid, size, RopeOrder.OFFICIAL);
    io.f32(prefix + "rope_cos", Nd4j.createFromArray(rotary.cosines()))
        .f32(prefix + "rope_sin", Nd4j.createFromArray(rotary.sines()))
        .f32(prefix + "t_embed", activation(input, "phi"))
        .f32(prefix + "delta_embed", activation(input, "delta"))
        .f32(prefix + "patch_tokens", tokens(activation(input, "patch")));
    for (int block = 0; block < settings.depth(); block++) {
      io.f32(prefix + "block" + block, tokens(activation(input, "block" + block)));
    }
  }

  private INDArray activation(TimInput input, String vertex) {
    INDArray[] inputs = {input.x(), input.t(), input.r(), input.condition()};
    return network.graph().output(List.of(vertex), false, inputs, null)[0];
  }

  private static INDArray tokens(INDArray grid) {
    return grid.reshape('c', grid.size(0), grid.size(1) * grid.size(2), grid.size(3));
  }

  /** Adds classes or captions to a file, and returns them as the network takes them. */
  INDArray condition(TensorFile file, String key, int batch, DataType type) {
    if (network.config().condition() instanceof Condition.Caption caption) {
      INDArray features = random.singles(batch, random.between(1, 5), caption.features());
      if (type == DataType.DOUBLE) {
        file.f64(key, features);
      } else {
        file.f32(key, features);
      }
      return features;
    }
    double[] classes = random.classes(batch, config.get("num_classes").asInt());
    file.i64(key, classes, batch);
    return RandomArrays.column(classes);
  }
}
