package org.tim4j.layers.reference;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.MethodConstants;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.block.OutputProjection;

/**
 * How the last layer lays out its tokens as an image. The stored tokens are what its linear map
 * gives, so the layer is given weights under which it gives them: token n is the n-th unit vector,
 * which the layer normalisation of width N takes to {@code (e_n - 1/N) / s}, and the map is {@code
 * s·T} with the mean of the rows of T as its bias, T being the stored tokens of one example.
 *
 * @param file holds the arrays
 * @param runtime what computes the layer
 */
record PatchOrderCheck(ReferenceFile file, TimRuntime runtime) {
  private static final Pattern IMAGE = Pattern.compile("unpatchify/img_(\\d{1,4})x(\\d{1,4})$");
  private static final String TOKENS = "unpatchify/tokens";

  CaseResult compare(Comparison result) {
    INDArray tokens = file.array(TOKENS, DataType.FLOAT, file.shape(TOKENS, 3));
    for (Matcher image : file.matches(IMAGE)) {
      long[] shape = file.shape(image.group(), 4);
      Layout layout = layout(image, shape, tokens.shape());
      INDArray images = Nd4j.create(DataType.FLOAT, shape);
      for (long i = 0; i < shape[0]; i++) {
        images.slice(i).assign(layout.image(tokens.slice(i), runtime).slice(0));
      }
      result.compare(image.group(), file.doubles(image.group(), shape), images);
    }
    return result.result();
  }

  private Layout layout(Matcher image, long[] shape, long[] tokens) {
    long height = Long.parseLong(image.group(1));
    long width = Long.parseLong(image.group(2));
    long channels = shape[1];
    long patch = Math.round(Math.sqrt((double) tokens[2] / channels));
    if (shape[0] != tokens[0]
        || shape[2] != height
        || shape[3] != width
        || patch * patch * channels != tokens[2]
        || height % patch != 0
        || width % patch != 0
        || height * width != tokens[1] * patch * patch) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%s: %d tokens of %d values in %s are no image of the shape of %s",
              file.name(),
              tokens[1],
              tokens[2],
              TOKENS,
              image.group()));
    }
    return new Layout((int) (height / patch), (int) (width / patch), (int) channels, (int) patch);
  }

  /** Rows and columns of patches, channels and side of a patch. */
  private record Layout(int rows, int columns, int channels, int patch) {
    /** One image {@code [1, channels, height, width]} of tokens {@code [tokens, values]}. */
    INDArray image(INDArray tokens, TimRuntime runtime) {
      int count = rows * columns;
      SingleVertex layer =
          new SingleVertex(
              OutputProjection.builder()
                  .hidden(count)
                  .channels(channels)
                  .patch(patch)
                  .runtime(runtime)
                  .build(),
              Nd4j.eye(count).castTo(DataType.FLOAT).reshape(1, rows, columns, count),
              Nd4j.zeros(DataType.FLOAT, 1, count));
      double mean = 1.0 / count;
      double deviation = Math.sqrt(mean * (1 - mean) + MethodConstants.PLAIN_EPSILON);
      Map<String, INDArray> parameters = layer.parameters();
      parameters.values().forEach(values -> values.assign(0));
      parameters.get(ParameterNames.weight(ParameterNames.SOLE)).assign(tokens.mul(deviation));
      parameters.get(ParameterNames.bias(ParameterNames.SOLE)).assign(tokens.mean(0));
      return layer.output();
    }
  }
}
