package org.tim4j.objective.derivative.forward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.CustomOp;

/**
 * Operations that are linear in some inputs: their tangent is the same operation on the tangents.
 *
 * <p>Three kinds: <em>linear</em> in all floating-point inputs together (reshape, concat, sum);
 * <em>multilinear</em> in two or three inputs (a matrix product); and such a map plus a bias as
 * last input (a convolution).
 */
final class LinearRules {
  private static final List<String> LINEAR =
      List.of(
          // Arithmetic
          "neg",
          "identity",
          "mul_scalar",
          "div_scalar",
          "biasadd",
          "mergeadd",
          "mergeavg",
          // Shape
          "reshape",
          "flatten",
          "permute",
          "transpose",
          "expand_dims",
          "squeeze",
          "broadcast_to",
          "tile",
          "reverse",
          // Joining and taking apart
          "concat",
          "stack",
          "split",
          "split_v",
          "slice",
          "strided_slice",
          "gather",
          "gather_nd",
          "Where",
          "select",
          // Images
          "space_to_depth",
          "depth_to_space",
          "avgpool2d",
          "avgpool3dnew",
          "im2col",
          "extract_image_patches",
          "space_to_batch",
          "batch_to_space",
          "upsampling2d",
          "upsampling3d",
          "rgb_to_yiq",
          "yiq_to_rgb",
          "rgb_to_yuv",
          "yuv_to_rgb",
          // Rows by number
          "segment_sum",
          "segment_mean",
          "unsorted_segment_sum",
          "unsorted_segment_mean",
          "unsorted_segment_sqrt_n",
          "scatter_add",
          "scatter_sub",
          "scatter_nd_add",
          "scatter_nd_sub",
          "scatter_nd_update",
          "dynamic_partition",
          "dynamic_stitch",
          "reverse_sequence",
          "embedding_lookup",
          "repeat",
          // Matrices
          "matrix_band_part",
          "matrix_set_diag",
          // Sums
          "reduce_sum",
          "reduce_mean",
          "cumsum",
          "trace",
          "diag",
          "diag_part",
          "triu");

  private LinearRules() {}

  static Map<String, TangentRule> rules() {
    Map<String, TangentRule> rules = new HashMap<>();
    for (String name : LINEAR) {
      rules.put(name, LinearRules::linear);
    }
    rules.put("cast", o -> List.of(o.tangent(0).map(v -> v.castTo(o.output().dataType()))));
    rules.put("unstack", LinearRules::unstack);
    for (String name : List.of("matmul", "tensordot", "dot")) {
      rules.put(name, o -> List.of(multilinear(o, 2)));
    }
    for (String name :
        List.of(
            "conv1d",
            "conv2d",
            "conv3dnew",
            "depthwise_conv2d",
            "deconv2d",
            "deconv3d",
            "xw_plus_b")) {
      rules.put(name, o -> List.of(multilinear(o, 2).plus(bias(o, 2))));
    }
    rules.put(
        "sconv2d",
        o -> {
          int factors = Math.min(o.inputCount(), 3);
          return List.of(multilinear(o, factors).plus(bias(o, factors)));
        });
    // The padding value of "pad" is a constant: what is linear is the operation less its value at
    // 0.
    rules.put(
        "pad",
        o -> {
          List<SDVariable> atZero = arguments(o, 0, o.zerosLike(o.input(0)));
          return List.of(
              o.tangent(0)
                  .map(v -> o.replay(arguments(o, 0, v)).get(0).sub(o.replay(atZero).get(0))));
        });
    return rules;
  }

  private static List<Tangent> linear(Operation o) {
    List<SDVariable> arguments =
        IntStream.range(0, o.inputCount())
            .mapToObj(i -> o.input(i).dataType().isFPType() ? o.denseTangent(i) : o.input(i))
            .toList();
    return o.replay(arguments).stream().map(Tangent::of).toList();
  }

  /** A copy of "unstack" would not know how many outputs it has. */
  private static List<Tangent> unstack(Operation o) {
    int axis = AxisReduction.integers((CustomOp) o.function())[0];
    SDVariable tangent = o.tangent(0).variable();
    return Arrays.stream(o.graph().unstack(tangent, axis, o.outputs().size()))
        .map(Tangent::of)
        .toList();
  }

  /**
   * M(a, b, …) has the tangent M(ȧ, b, …) + M(a, ḃ, …) + …; what follows the factors is a bias and
   * set to 0.
   */
  private static Tangent multilinear(Operation o, int factors) {
    Tangent sum = Tangent.ZERO;
    for (int i = 0; i < factors; i++) {
      sum = sum.plus(byFactor(o, i, factors));
    }
    return sum;
  }

  private static Tangent byFactor(Operation o, int index, int factors) {
    return o.tangent(index)
        .map(
            v -> {
              List<SDVariable> arguments = arguments(o, index, v);
              for (int i = factors; i < arguments.size(); i++) {
                arguments.set(i, o.zerosLike(arguments.get(i)));
              }
              return o.replay(arguments).get(0);
            });
  }

  private static Tangent bias(Operation o, int index) {
    return o.tangent(index)
        .map(
            v -> {
              List<SDVariable> arguments = arguments(o, index, v);
              arguments.set(0, o.zerosLike(o.input(0)));
              return o.replay(arguments).get(0);
            });
  }

  private static List<SDVariable> arguments(Operation o, int index, SDVariable replacement) {
    List<SDVariable> arguments = new ArrayList<>();
    for (int i = 0; i < o.inputCount(); i++) {
      arguments.add(i == index ? replacement : o.input(i));
    }
    return arguments;
  }
}
