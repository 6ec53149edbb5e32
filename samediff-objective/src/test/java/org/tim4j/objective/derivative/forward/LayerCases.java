package org.tim4j.objective.derivative.forward;

import static org.tim4j.objective.derivative.forward.RuleCase.Domain.NOT_ZERO;
import static org.tim4j.objective.derivative.forward.RuleCase.Domain.POSITIVE;

import java.util.List;
import java.util.stream.Stream;
import org.nd4j.enums.PadMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv3DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling3DConfig;
import org.nd4j.linalg.factory.Nd4j;

/** One case for each rule of layers and images beyond products. */
final class LayerCases {
  private LayerCases() {}

  static List<RuleCase> all() {
    return Stream.of(layers(), pooling(), patches(), colours()).flatMap(List::stream).toList();
  }

  private static List<RuleCase> layers() {
    return List.of(
        batchNorm("batch norm, last axis", s(2, 3, 4), 4, 2),
        batchNorm("batch norm, channels first", s(2, 3, 4, 2), 3, 1),
        batchNorm("batch norm of rows", s(5, 4), 4, 1),
        RuleCase.of("crelu", (g, x) -> g.nn.cReLU(x[0]), s(3, 4)).on(NOT_ZERO),
        RuleCase.of("prelu", (g, x) -> g.nn.prelu(x[0], x[1], 1), s(2, 3, 4), s(1, 4)).on(NOT_ZERO),
        RuleCase.of(
            "relu layer", (g, x) -> g.nn.reluLayer(x[0], x[1], x[2]), s(3, 4), s(4, 2), s(2)));
  }

  private static RuleCase batchNorm(String name, long[] shape, long channels, int axis) {
    return RuleCase.of(
        name,
        (g, x) -> g.nn.batchNorm(x[0], x[1], g.math.square(x[2]), x[3], x[4], 1e-3, axis),
        shape,
        s(channels),
        s(channels),
        s(channels),
        s(channels));
  }

  private static List<RuleCase> pooling() {
    Pooling2DConfig plane =
        Pooling2DConfig.builder().kH(3).kW(2).sH(2).sW(1).pH(1).pW(0).isNHWC(false).build();
    Pooling2DConfig same =
        Pooling2DConfig.builder()
            .kH(3)
            .kW(3)
            .sH(2)
            .sW(2)
            .paddingMode(PaddingMode.SAME)
            .isNHWC(true)
            .build();
    Pooling3DConfig space =
        Pooling3DConfig.builder().kD(2).kH(2).kW(2).sD(1).sH(1).sW(1).isNCDHW(true).build();
    return List.of(
        RuleCase.of("max pooling", (g, x) -> g.cnn.maxPooling2d(x[0], plane), s(2, 3, 5, 4)),
        RuleCase.of("max pooling, same", (g, x) -> g.cnn.maxPooling2d(x[0], same), s(2, 5, 4, 3)),
        RuleCase.of(
            "average pooling 3d", (g, x) -> g.cnn.avgPooling3d(x[0], space), s(1, 2, 3, 3, 3)));
  }

  private static List<RuleCase> patches() {
    Conv2DConfig plane = Conv2DConfig.builder().kH(2).kW(2).sH(1).sW(1).dataFormat("NCHW").build();
    Conv2DConfig last = Conv2DConfig.builder().kH(2).kW(2).sH(1).sW(1).dataFormat("NHWC").build();
    DeConv3DConfig up =
        DeConv3DConfig.builder().kD(2).kH(2).kW(2).sD(2).sH(2).sW(2).dataFormat("NCDHW").build();
    return List.of(
        RuleCase.of("im2col", (g, x) -> g.cnn.im2Col(x[0], plane), s(2, 3, 4, 4)),
        RuleCase.of(
            "extract patches",
            (g, x) -> g.cnn.extractImagePatches(x[0], 2, 2, 1, 1, 1, 1, false),
            s(2, 4, 4, 3)),
        RuleCase.of(
            "space to batch",
            (g, x) -> g.cnn.spaceToBatch(x[0], new int[] {2, 2}, new int[] {0, 0}, 0, 0),
            s(1, 4, 4, 2)),
        RuleCase.of(
            "batch to space",
            (g, x) -> g.cnn.batchToSpace(x[0], new int[] {2, 2}, new int[] {0, 0}, 0, 0),
            s(4, 2, 2, 2)),
        RuleCase.of(
            "separable convolution",
            (g, x) -> g.cnn.separableConv2d(x[0], x[1], x[2], x[3], last),
            s(2, 4, 4, 3),
            s(2, 2, 3, 2),
            s(1, 1, 6, 5),
            s(5)),
        RuleCase.of(
            "deconv3d",
            (g, x) -> g.cnn.deconv3d(x[0], x[1], x[2], up),
            s(1, 2, 2, 2, 2),
            s(2, 2, 2, 3, 2),
            s(3)),
        RuleCase.of("upsampling", (g, x) -> g.cnn.upsampling2d(x[0], 2, 3, true), s(2, 3, 2, 2)),
        RuleCase.of(
            "upsampling 3d", (g, x) -> g.cnn.upsampling3d(x[0], true, 2, 1, 2), s(1, 2, 2, 2, 2)),
        RuleCase.of(
            "mirror padding",
            (g, x) ->
                g.nn.pad(
                    x[0],
                    g.constant(Nd4j.createFromArray(new int[][] {{1, 0}, {2, 1}})),
                    PadMode.REFLECT,
                    0),
            s(2, 3)));
  }

  private static List<RuleCase> colours() {
    return List.of(
        RuleCase.of("to yiq", (g, x) -> g.image.rgbToYiq(x[0]), s(2, 4, 3)).on(POSITIVE),
        RuleCase.of("from yiq", (g, x) -> g.image.yiqToRgb(x[0]), s(2, 4, 3)),
        RuleCase.of("to yuv", (g, x) -> g.image.rgbToYuv(x[0]), s(2, 4, 3)),
        RuleCase.of("from yuv", (g, x) -> g.image.yuvToRgb(x[0]), s(2, 4, 3)));
  }

  private static long[] s(long... shape) {
    return shape;
  }
}
