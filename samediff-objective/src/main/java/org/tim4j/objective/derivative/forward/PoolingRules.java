package org.tim4j.objective.derivative.forward;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.PadMode;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig.Conv2DConfigBuilder;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Max pooling of images: the tangent of the element that is chosen in each window, the first where
 * several are equal.
 *
 * <p>Images are laid out by windows, as [batch, channels, window height, window width, height,
 * width].
 */
final class PoolingRules {
  private PoolingRules() {}

  static Map<String, TangentRule> rules() {
    return Map.of("maxpool2d", o -> List.of(tangent(o)));
  }

  private static Tangent tangent(Operation o) {
    SameDiff graph = o.graph();
    Window window = Window.of(o);
    SDVariable y = window.channelsFirst(o.output());
    // An element of the padding is 0 here, and never chosen.
    SDVariable inside = window.layOut(graph.onesLike(o.input(0)), y);
    SDVariable ofWindow = graph.expandDims(graph.expandDims(y, 2), 2);
    SDVariable equal = window.layOut(o.input(0), y).eq(ofWindow);
    AxisReduction alongWindow = AxisReduction.keeping(graph, 2, 3);
    SDVariable chosen = alongWindow.first(SelectionRules.indicator(equal, o).mul(inside));
    AxisReduction sum = new AxisReduction(alongWindow.axes(), false);
    return o.tangent(0).map(v -> window.asGiven(sum.sum(window.layOut(v, y).mul(chosen))));
  }

  /**
   * The windows of one operation.
   *
   * @param settings height, width, both strides, both paddings, both dilations, whether the padding
   *     is chosen such that a stride of 1 keeps the size, a number of no meaning here, and whether
   *     channels are last
   */
  private record Window(int... settings) {
    static Window of(Operation o) {
      return new Window(AxisReduction.integers((CustomOp) o.function()));
    }

    private boolean same() {
      return settings[8] != 0;
    }

    private boolean channelsLast() {
      return settings[10] != 0;
    }

    SDVariable channelsFirst(SDVariable image) {
      return channelsLast() ? image.getSameDiff().permute(image, 0, 3, 1, 2) : image;
    }

    SDVariable asGiven(SDVariable image) {
      return channelsLast() ? image.getSameDiff().permute(image, 0, 2, 3, 1) : image;
    }

    /**
     * @param image as the operation has it
     * @param y the operation's output, channels first
     */
    SDVariable layOut(SDVariable image, SDVariable y) {
      SameDiff graph = image.getSameDiff();
      SDVariable x = channelsFirst(image);
      // SameDiff's columns know the same padding only to the right.
      SDVariable padded = same() ? graph.nn.pad(x, paddings(x, y), PadMode.CONSTANT, 0) : x;
      Conv2DConfigBuilder columns =
          Conv2DConfig.builder()
              .kH(settings[0])
              .kW(settings[1])
              .sH(settings[2])
              .sW(settings[3])
              .pH(same() ? 0 : settings[4])
              .pW(same() ? 0 : settings[5])
              .dH(settings[6])
              .dW(settings[7])
              .dataFormat("NCHW");
      return graph.cnn.im2Col(padded, columns.build());
    }

    /** What the windows of y reach beyond x, half of it before, the odd one behind. */
    private SDVariable paddings(SDVariable x, SDVariable y) {
      SameDiff graph = x.getSameDiff();
      SDVariable none = graph.constant(Nd4j.zeros(DataType.DOUBLE, 4));
      SDVariable high = beyond(x, y, 0);
      SDVariable wide = beyond(x, y, 1);
      SDVariable top = graph.math.floor(high.mul(0.5));
      SDVariable left = graph.math.floor(wide.mul(0.5));
      SDVariable all = graph.concat(0, none, top, high.sub(top), left, wide.sub(left));
      return graph.reshape(all, 4, 2).castTo(DataType.INT32);
    }

    private SDVariable beyond(SDVariable x, SDVariable y, int direction) {
      int reach = (settings[direction] - 1) * settings[6 + direction] + 1;
      SDVariable last = size(y, 2 + direction).sub(1).mul(settings[2 + direction]);
      SDVariable excess = last.add(reach).sub(size(x, 2 + direction));
      return x.getSameDiff().nn.relu(excess, 0);
    }

    private static SDVariable size(SDVariable v, int axis) {
      SameDiff graph = v.getSameDiff();
      return graph.reshape(graph.sizeAt(v, axis).castTo(DataType.DOUBLE), 1);
    }
  }
}
