package org.tim4j.objective.derivative.forward;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.DataFormat;
import org.nd4j.enums.PadMode;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastTo;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv1DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv3DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/** One case for each rule that moves, joins or multiplies whole arrays. */
final class ArrayCases {
  private ArrayCases() {}

  static List<RuleCase> all() {
    List<RuleCase> cases = new ArrayList<>();
    cases.addAll(shapes());
    cases.addAll(parts());
    cases.addAll(products());
    cases.addAll(images());
    return cases;
  }

  private static List<RuleCase> shapes() {
    return List.of(
        unary("reshape", (g, x) -> g.reshape(x, -1, 6)),
        unary("reshape to a computed shape", (g, x) -> g.reshape(g.reshape(x, 24), g.shape(x))),
        unary("flatten", (g, x) -> g.flatten(x.mul(2))),
        unary("permute", (g, x) -> g.permute(x, 2, 0, 1)),
        unary("transpose", (g, x) -> g.transpose(g.reshape(x, 6, 4))),
        unary("expand dims", (g, x) -> g.expandDims(x, 1)),
        unary("squeeze", (g, x) -> g.squeeze(g.expandDims(x, 1), 1)),
        unary("tile", (g, x) -> g.tile(x, 1, 2, 3)),
        unary("broadcast", (g, x) -> broadcast(g, x, 5, 2, 3, 4)),
        unary("reverse", (g, x) -> g.reverse(x, 1)));
  }

  private static SDVariable broadcast(SameDiff graph, SDVariable x, long... shape) {
    SDVariable target = graph.constant(Nd4j.createFromArray(shape));
    return new BroadcastTo(graph, x, target).outputVariable();
  }

  private static List<RuleCase> parts() {
    long[][] two = {{2, 3, 4}, {2, 3, 2}};
    long[][] same = {{2, 3}, {2, 3}};
    return List.of(
        RuleCase.of("concat", (g, x) -> g.concat(2, x[0], x[1]), two),
        RuleCase.of("concat, last axis by -1", (g, x) -> g.concat(-1, x[0], x[1]), two),
        RuleCase.of("stack", (g, x) -> g.stack(1, x[0], x[1]), same),
        unary("unstack", (g, x) -> product(g.unstack(x, 1, 3))),
        unary("split", (g, x) -> product(g.split(x, 2, 2))),
        unary("split v", (g, x) -> splitV(g, x)),
        unary("slice", (g, x) -> g.slice(x, new int[] {0, 1, 1}, 2, 2, 3)),
        unary(
            "strided slice",
            (g, x) ->
                g.stridedSlice(
                    x, new long[] {0, 0, 1}, new long[] {2, 3, 4}, new long[] {1, 2, 1})),
        unary("get", (g, x) -> x.get(SDIndex.all(), SDIndex.point(1), SDIndex.interval(1, 3))),
        unary("gather", (g, x) -> g.gather(x, new int[] {1, 0, 2, 1}, 1)),
        unary(
            "gather by a constant",
            (g, x) -> g.gather(x, g.constant(Nd4j.createFromArray(3, 2, 1, 0)), 2)),
        unary(
            "gather nd",
            (g, x) ->
                g.gatherNd(x, g.constant(Nd4j.createFromArray(new int[][] {{1, 2}, {0, 1}})))),
        unary("diag", (g, x) -> g.math.diag(g.reshape(x, 24))),
        unary(
            "diag part", (g, x) -> g.math.diagPart(g.mmul(g.reshape(x, 3, 8), g.reshape(x, 8, 3)))),
        unary("triangle", (g, x) -> g.linalg.triu(x, 0)),
        unary("trace", (g, x) -> g.math.trace(x)),
        unary("cumulative sum", (g, x) -> g.cumsum(x, true, true, 1)));
  }

  private static SDVariable splitV(SameDiff g, SDVariable x) {
    SDVariable[] parts = g.splitV(x, g.constant(Nd4j.createFromArray(1, 3)), 2, 2);
    return parts[0].mul(parts[1]);
  }

  private static SDVariable product(SDVariable[] parts) {
    SDVariable product = parts[0];
    for (int i = 1; i < parts.length; i++) {
      product = product.mul(parts[i]);
    }
    return product;
  }

  private static List<RuleCase> products() {
    List<RuleCase> cases = new ArrayList<>();
    cases.add(matmul("2 x 2", false, false, s(2, 3), s(3, 4)));
    cases.add(matmul("2 x 2", true, false, s(3, 2), s(3, 4)));
    cases.add(matmul("2 x 2", false, true, s(2, 3), s(4, 3)));
    cases.add(matmul("2 x 2", true, true, s(3, 2), s(4, 3)));
    cases.add(matmul("3 x 3", false, false, s(2, 3, 4), s(2, 4, 5)));
    cases.add(matmul("4 x 4", false, true, s(2, 2, 3, 4), s(2, 2, 5, 4)));
    cases.add(matmul("4 x 4", true, false, s(2, 2, 4, 3), s(2, 2, 4, 5)));
    cases.add(
        RuleCase.of(
            "tensor product",
            (g, x) -> g.tensorMmul(x[0], x[1], new int[] {2}, 0),
            s(2, 3, 4),
            s(4, 5)));
    cases.add(RuleCase.of("dot", (g, x) -> g.dot(x[0], x[1], 1), s(2, 3), s(2, 3)));
    cases.add(
        RuleCase.of("linear", (g, x) -> g.nn.linear(x[0], x[1], x[2]), s(2, 3), s(3, 4), s(4)));
    cases.add(RuleCase.of("bias", (g, x) -> g.nn.biasAdd(x[0], x[1], false), s(2, 3, 3, 4), s(4)));
    return cases;
  }

  private static RuleCase matmul(
      String name, boolean transposeFirst, boolean transposeSecond, long[]... shapes) {
    return RuleCase.of(
        "matmul " + name + " " + transposeFirst + " " + transposeSecond,
        (g, x) -> g.mmul(x[0], x[1], transposeFirst, transposeSecond, false),
        shapes);
  }

  private static List<RuleCase> images() {
    Conv1DConfig line = Conv1DConfig.builder().k(2).s(1).paddingMode(PaddingMode.VALID).build();
    Conv2DConfig plane = Conv2DConfig.builder().kH(2).kW(2).sH(2).sW(2).dataFormat("NCHW").build();
    Conv3DConfig space = Conv3DConfig.builder().kD(2).kH(2).kW(2).dataFormat("NCDHW").build();
    DeConv2DConfig up = DeConv2DConfig.builder().kH(2).kW(2).sH(2).sW(2).dataFormat("NCHW").build();
    Pooling2DConfig pool = Pooling2DConfig.builder().kH(2).kW(2).sH(2).sW(2).isNHWC(false).build();
    return List.of(
        RuleCase.of(
            "conv1d", (g, x) -> g.cnn.conv1d(x[0], x[1], x[2], line), s(2, 3, 5), s(2, 3, 4), s(4)),
        RuleCase.of(
            "conv2d",
            (g, x) -> g.cnn.conv2d(x[0], x[1], x[2], plane),
            s(2, 3, 4, 4),
            s(2, 2, 3, 5),
            s(5)),
        RuleCase.of(
            "conv2d without bias",
            (g, x) -> g.cnn.conv2d(x[0], x[1], plane),
            s(2, 3, 4, 4),
            s(2, 2, 3, 5)),
        RuleCase.of(
            "conv3d",
            (g, x) -> g.cnn.conv3d(x[0], x[1], x[2], space),
            s(1, 2, 3, 3, 3),
            s(2, 2, 2, 2, 3),
            s(3)),
        RuleCase.of(
            "depthwise",
            (g, x) -> g.cnn.depthWiseConv2d(x[0], x[1], x[2], plane),
            s(2, 3, 4, 4),
            s(2, 2, 3, 2),
            s(6)),
        RuleCase.of(
            "deconv2d",
            (g, x) -> g.cnn.deconv2d(x[0], x[1], x[2], up),
            s(2, 3, 2, 2),
            s(2, 2, 4, 3),
            s(4)),
        RuleCase.of("average pooling", (g, x) -> g.cnn.avgPooling2d(x[0], pool), s(2, 3, 4, 4)),
        RuleCase.of(
            "space to depth",
            (g, x) -> g.cnn.spaceToDepth(x[0], 2, DataFormat.NCHW),
            s(2, 1, 4, 4)),
        RuleCase.of(
            "depth to space",
            (g, x) -> g.cnn.depthToSpace(x[0], 2, DataFormat.NCHW),
            s(2, 4, 2, 2)),
        RuleCase.of(
            "pad with 3",
            (g, x) ->
                g.nn.pad(
                    x[0],
                    g.constant(Nd4j.createFromArray(new int[][] {{1, 0}, {2, 1}})),
                    PadMode.CONSTANT,
                    3),
            s(2, 3)));
  }

  private static long[] s(long... shape) {
    return shape;
  }

  private static RuleCase unary(String name, BiFunction<SameDiff, SDVariable, SDVariable> f) {
    return RuleCase.of(name, (g, x) -> f.apply(g, x[0]), new long[] {2, 3, 4});
  }
}
