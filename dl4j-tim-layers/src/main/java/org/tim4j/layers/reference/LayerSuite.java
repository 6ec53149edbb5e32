package org.tim4j.layers.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.attention.IntervalAttention;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.RopeOrder;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.block.OutputProjection;
import org.tim4j.layers.block.SwiGlu;
import org.tim4j.layers.block.TimBlock;
import org.tim4j.layers.embedding.TimeEmbedding;
import org.tim4j.layers.json.JsonFields;
import org.tim4j.layers.weights.TensorType;

/** Every layer alone in a graph, in single precision on both runtimes, and tables of positions. */
public final class LayerSuite implements ReferenceSuite {
  private static final String FILE = "modules";
  private static final Pattern ATTENTION = Pattern.compile("attn/qk_norm=([01])/distance=([01])/");

  @Override
  public List<String> files() {
    return List.of(FILE);
  }

  @Override
  public List<CaseResult> run(ReferenceFolder folder) {
    List<CaseResult> results = new ArrayList<>();
    try (ReferenceFile file = folder.open(FILE, TensorType.F32)) {
      for (TimRuntime runtime : TimRuntime.values()) {
        results.add(attention(file, runtime));
        results.add(timeEmbedding(file, runtime));
        results.add(gatedUnit(file, runtime));
        results.add(block(file, runtime));
        results.add(output(file, runtime));
        results.add(new PatchOrderCheck(file, runtime).compare(single("unpatchify", runtime)));
      }
      results.addAll(new PositionCheck(file).run());
      file.requireAllRead();
    }
    return results;
  }

  private static Comparison single(String name, TimRuntime runtime) {
    return new Comparison(
        FILE, name + " " + runtime.name().toLowerCase(Locale.ROOT), Precision.SINGLE);
  }

  private static CaseResult attention(ReferenceFile file, TimRuntime runtime) {
    Comparison result = single("attn", runtime);
    for (Matcher variant : file.matches(ATTENTION)) {
      String prefix = variant.group();
      boolean norm = variant.group(1).equals("1");
      boolean distance = variant.group(2).equals("1");
      LayerInputs inputs = LayerInputs.of(file, prefix, "w/qkv.weight");
      requireDimensions(file, inputs);
      // Stored for every variant; those that are not distance-aware ignore it.
      INDArray interval = inputs.row("delta");
      SingleVertex vertex =
          new SingleVertex(
              IntervalAttention.builder()
                  .hidden(inputs.hidden())
                  .heads(inputs.heads())
                  .qkNorm(norm)
                  .distanceAware(distance)
                  .ropeOrder(RopeOrder.OFFICIAL)
                  .runtime(runtime)
                  .build(),
              distance
                  ? new INDArray[] {inputs.tokens(), interval}
                  : new INDArray[] {inputs.tokens()});
      inputs.positions().compare(result);
      result.compare(
          prefix,
          file.doubles(prefix + "out", inputs.shape()),
          vertex.load(file, OfficialModule.ATTENTION, prefix + "w/").output());
    }
    return result.result();
  }

  private static void requireDimensions(ReferenceFile file, LayerInputs inputs) {
    JsonFields dimensions = file.description().object("dims");
    if (dimensions.count("hidden") != inputs.hidden()
        || dimensions.count("heads") != inputs.heads()
        || dimensions.count("tokens") != inputs.positions().grid().tokens()) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%s are %s; the attention of %s has the width %d, %d heads and %d tokens",
              dimensions.where(),
              dimensions.json(),
              file.name(),
              inputs.hidden(),
              inputs.heads(),
              inputs.positions().grid().tokens()));
    }
  }

  private static CaseResult timeEmbedding(ReferenceFile file, TimRuntime runtime) {
    int hidden = (int) file.shape("temb/w/mlp.2.weight", 2)[0];
    long batch = file.shape("temb/t", 1)[0];
    INDArray embedded =
        new SingleVertex(
                TimeEmbedding.builder().hidden(hidden).runtime(runtime).build(),
                file.column("temb/t", DataType.FLOAT, batch))
            .load(file, OfficialModule.TIME_EMBEDDING, "temb/w/")
            .output();
    return single("temb", runtime)
        .compare("out", file.doubles("temb/out", batch, hidden), embedded)
        .result();
  }

  private static CaseResult gatedUnit(ReferenceFile file, TimRuntime runtime) {
    long[] in = file.shape("swiglu/w/fc1_g.weight", 2);
    int outputs = (int) file.shape("swiglu/w/fc2.weight", 2)[0];
    INDArray x = file.array("swiglu/x", DataType.FLOAT, ReferenceFile.ANY, in[1]);
    INDArray out =
        new SingleVertex(
                SwiGlu.builder()
                    .nIn((int) in[1])
                    .inner((int) in[0])
                    .nOut(outputs)
                    .runtime(runtime)
                    .build(),
                x)
            .load(file, OfficialModule.GATED_UNIT, "swiglu/w/")
            .output();
    return single("swiglu", runtime)
        .compare("out", file.doubles("swiglu/out", x.size(0), outputs), out)
        .result();
  }

  private static CaseResult block(ReferenceFile file, TimRuntime runtime) {
    String prefix = "block/";
    LayerInputs inputs = LayerInputs.of(file, prefix, "w/attn.qkv.weight");
    boolean norm = file.hasAny(prefix + "w/attn.q_norm");
    boolean distance = file.hasAny(prefix + "w/attn.qkv_d");
    INDArray interval = inputs.row("delta");
    List<INDArray> all = new ArrayList<>(List.of(inputs.tokens(), inputs.row("c")));
    if (distance) {
      all.add(interval);
    }
    SingleVertex vertex =
        new SingleVertex(
            TimBlock.builder()
                .attention(
                    IntervalAttention.builder()
                        .hidden(inputs.hidden())
                        .heads(inputs.heads())
                        .qkNorm(norm)
                        .distanceAware(distance)
                        .ropeOrder(RopeOrder.OFFICIAL)
                        .definition())
                .mlpHidden((int) file.shape(prefix + "w/mlp.fc1_g.weight", 2)[0])
                .modulationRank((int) file.shape(prefix + "w/adaLN_modulation.fc1_g.weight", 2)[0])
                .runtime(runtime)
                .build(),
            all.toArray(INDArray[]::new));
    Comparison result = single("block", runtime);
    inputs.positions().compare(result);
    return result
        .compare(
            "out",
            file.doubles(prefix + "out", inputs.shape()),
            vertex.load(file, OfficialModule.BLOCK, prefix + "w/").output())
        .result();
  }

  /** The stored output is that of single tokens, before they are laid out as an image. */
  private static CaseResult output(ReferenceFile file, TimRuntime runtime) {
    long[] linear = file.shape("final/w/linear.weight", 2);
    INDArray x =
        file.array("final/x", DataType.FLOAT, ReferenceFile.ANY, ReferenceFile.ANY, linear[1]);
    INDArray c = file.array("final/c", DataType.FLOAT, x.size(0), 1, linear[1]);
    INDArray out =
        new SingleVertex(
                OutputProjection.builder()
                    .hidden((int) linear[1])
                    .channels((int) linear[0])
                    .runtime(runtime)
                    .build(),
                x,
                c.reshape(x.size(0), linear[1]))
            .load(file, OfficialModule.FINAL_LAYER, "final/w/")
            .output();
    return single("final", runtime)
        .compare("out", file.doubles("final/out", x.size(0), x.size(1), linear[0]), out)
        .result();
  }
}
