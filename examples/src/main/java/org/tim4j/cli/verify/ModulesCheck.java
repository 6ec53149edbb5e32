package org.tim4j.cli.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.attention.IntervalAttention;
import org.tim4j.layers.attention.Rotary;
import org.tim4j.layers.attention.SelfAttention;
import org.tim4j.layers.attention.TokenGrid;
import org.tim4j.layers.base.RopeOrder;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.block.OutputProjection;
import org.tim4j.layers.block.SwiGlu;
import org.tim4j.layers.block.TimBlock;
import org.tim4j.layers.embedding.TimeEmbedding;

/** Every layer alone in a graph, in single precision on both runtimes, and rotary tables. */
final class ModulesCheck implements GoldenCheck {
  private static final String FILE = "modules";
  private static final int HIDDEN = 24;
  private static final int HEADS = 3;
  private static final int GRID = 4;

  /** The authors compute these tables in single precision. */
  private static final double TABLE_TOLERANCE = 1e-6;

  @Override
  public List<String> files() {
    return List.of(FILE);
  }

  @Override
  public List<CaseResult> run(GoldenFolder golden) {
    List<CaseResult> results = new ArrayList<>();
    try (GoldenFile file = golden.open(FILE)) {
      for (TimRuntime runtime : TimRuntime.values()) {
        results.add(attention(file, runtime));
        results.add(timeEmbedding(file, runtime));
        results.add(gatedUnit(file, runtime));
        results.add(block(file, runtime));
        results.add(output(file, runtime));
      }
      results.add(rotary(file));
    }
    return results;
  }

  private static Case single(String name, TimRuntime runtime) {
    return new Case(FILE, name + " " + runtime.name().toLowerCase(Locale.ROOT), Precision.SINGLE);
  }

  private static CaseResult attention(GoldenFile file, TimRuntime runtime) {
    Case result = single("attn", runtime);
    for (boolean norm : new boolean[] {true, false}) {
      for (boolean distance : new boolean[] {true, false}) {
        String prefix = "attn/qk_norm=%d/distance=%d/".formatted(norm ? 1 : 0, distance ? 1 : 0);
        SingleVertex vertex =
            new SingleVertex(
                    IntervalAttention.builder()
                        .hidden(HIDDEN)
                        .heads(HEADS)
                        .qkNorm(norm)
                        .distanceAware(distance)
                        .runtime(runtime)
                        .build(),
                    file,
                    prefix + "w/")
                .linear("qkvW", "qkvb", "qkv")
                .linear("projW", "projb", "proj");
        if (norm) {
          vertex
              .vector("qNormGain", "q_norm.weight")
              .vector("qNormBias", "q_norm.bias")
              .vector("kNormGain", "k_norm.weight")
              .vector("kNormBias", "k_norm.bias");
        }
        if (distance) {
          vertex.matrix("intervalW", "qkv_d.weight");
        }
        INDArray tokens = grid(file, prefix + "x");
        INDArray[] inputs =
            distance
                ? new INDArray[] {tokens, row(file, prefix + "delta")}
                : new INDArray[] {tokens};
        result.compare(prefix, file.doubles(prefix + "out"), vertex.output(inputs));
      }
    }
    return result.result();
  }

  private static CaseResult timeEmbedding(GoldenFile file, TimRuntime runtime) {
    INDArray embedded =
        new SingleVertex(
                TimeEmbedding.builder().hidden(HIDDEN).runtime(runtime).build(),
                file,
                "temb/w/mlp.")
            .linear("tW1", "tb1", "0")
            .linear("tW2", "tb2", "2")
            .output(file.column("temb/t", DataType.FLOAT));
    return single("temb", runtime).compare("out", file.doubles("temb/out"), embedded).result();
  }

  private static CaseResult gatedUnit(GoldenFile file, TimRuntime runtime) {
    INDArray x = file.array("swiglu/x", DataType.FLOAT);
    INDArray out =
        new SingleVertex(
                SwiGlu.builder().size(HIDDEN).inner(64).outputs(20).runtime(runtime).build(),
                file,
                "swiglu/w/")
            .gated("", "")
            .output(x);
    return single("swiglu", runtime).compare("out", file.doubles("swiglu/out"), out).result();
  }

  private static CaseResult block(GoldenFile file, TimRuntime runtime) {
    INDArray out =
        new SingleVertex(
                TimBlock.builder()
                    .attention(new SelfAttention(HIDDEN, HEADS, true, true, RopeOrder.ROW_COLUMN))
                    .mlpHidden(64)
                    .modulationRank(8)
                    .runtime(runtime)
                    .build(),
                file,
                "block/w/")
            .linear("qkvW", "qkvb", "attn.qkv")
            .matrix("intervalW", "attn.qkv_d.weight")
            .vector("qNormGain", "attn.q_norm.weight")
            .vector("qNormBias", "attn.q_norm.bias")
            .vector("kNormGain", "attn.k_norm.weight")
            .vector("kNormBias", "attn.k_norm.bias")
            .linear("projW", "projb", "attn.proj")
            .gated("mlp", "mlp.")
            .gated("mod", "adaLN_modulation.")
            .output(grid(file, "block/x"), row(file, "block/c"), row(file, "block/delta"));
    return single("block", runtime).compare("out", file.doubles("block/out"), out).result();
  }

  /** The stored output is that of single tokens, before they are laid out as a picture. */
  private static CaseResult output(GoldenFile file, TimRuntime runtime) {
    INDArray out =
        new SingleVertex(
                OutputProjection.builder().hidden(HIDDEN).channels(12).runtime(runtime).build(),
                file,
                "final/w/")
            .linear("W", "b", "linear")
            .gated("mod", "adaLN_modulation.")
            .output(file.array("final/x", DataType.FLOAT), row(file, "final/c"));
    return single("final", runtime).compare("out", file.doubles("final/out"), out).result();
  }

  private static CaseResult rotary(GoldenFile file) {
    Case result = new Case(FILE, "rope", Precision.SINGLE, TABLE_TOLERANCE);
    for (String key : file.keys()) {
      if (key.startsWith("rope/") && key.endsWith("/cos")) {
        String[] parts = key.split("[/x=]");
        TokenGrid grid = new TokenGrid(Long.parseLong(parts[1]), Long.parseLong(parts[2]), true);
        Rotary table = new Rotary(grid, Integer.parseInt(parts[4]), RopeOrder.OFFICIAL);
        result.compare(key, file.doubles(key), flat(table.cosines()));
        String sines = key.replace("/cos", "/sin");
        result.compare(sines, file.doubles(sines), flat(table.sines()));
      }
    }
    return result.result();
  }

  private static double[] flat(double[][] rows) {
    return Stream.of(rows).flatMapToDouble(Arrays::stream).toArray();
  }

  /** Tokens {@code [batch, 16, hidden]} on their grid of 4×4. */
  private static INDArray grid(GoldenFile file, String key) {
    INDArray tokens = file.array(key, DataType.FLOAT);
    return tokens.reshape(tokens.size(0), GRID, GRID, HIDDEN);
  }

  /** One vector an example, stored {@code [batch, 1, hidden]}. */
  private static INDArray row(GoldenFile file, String key) {
    INDArray vectors = file.array(key, DataType.FLOAT);
    return vectors.reshape(vectors.size(0), HIDDEN);
  }
}
