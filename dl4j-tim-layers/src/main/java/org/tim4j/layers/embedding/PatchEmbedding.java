package org.tim4j.layers.embedding;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.definition.Linear;
import org.tim4j.layers.kernel.layer.PatchEmbeddingKernel;
import org.tim4j.layers.runtime.ChannelsFirstRunner;
import org.tim4j.layers.runtime.FusedRunner;
import org.tim4j.layers.vertex.GraphScope;
import org.tim4j.layers.vertex.Parameter;
import org.tim4j.layers.vertex.ShapeCheck;
import org.tim4j.layers.vertex.VertexBuilder;
import org.tim4j.layers.vertex.VertexDefinition;
import org.tim4j.layers.vertex.VertexRunner;

/**
 * Square patches of an image as tokens (Dosovitskiy et al., arXiv 2010.11929, equation 1, without
 * position embedding).
 *
 * <p>Input {@code image} {@code [batch, channels, height, width]}, both sizes divisible by the
 * patch; output {@code [batch, height/patch, width/patch, hidden]}. The matrix {@code W} is {@code
 * [channels·patch·patch, hidden]}, its rows in the order channel, row, column.
 */
public record PatchEmbedding(int channels, int patch, int hidden, CNN2DFormat dataFormat)
    implements VertexDefinition {
  private static final String IMAGE = "image";

  /**
   * Checks the settings.
   *
   * @throws org.tim4j.layers.base.InvalidInputException if one is not positive
   */
  public PatchEmbedding {
    Require.atLeast("channels", channels, 1);
    Require.atLeast("patch", patch, 1);
    Require.atLeast("hidden", hidden, 1);
    dataFormat = dataFormat == null ? CNN2DFormat.NCHW : dataFormat;
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  private Linear projection() {
    return Linear.named(ParameterNames.SOLE, (long) channels * patch * patch, hidden);
  }

  @Override
  public List<String> inputs() {
    return List.of(IMAGE);
  }

  @Override
  public CNN2DFormat inputFormat(String input) {
    return dataFormat;
  }

  private boolean channelsLast() {
    return dataFormat == CNN2DFormat.NHWC;
  }

  @Override
  public List<Parameter> parameters() {
    return projection().parameters();
  }

  @Override
  public long[] outputShape(long[]... inputs) {
    long[] shape = inputs[0];
    ShapeCheck check =
        new ShapeCheck("PatchEmbedding", IMAGE, shape)
            .rank(
                channelsLast()
                    ? "[batch, height, width, channels]"
                    : "[batch, channels, height, width]",
                4);
    int height = channelsLast() ? 1 : 2;
    check
        .extent(channelsLast() ? 3 : 1, "channels", channels)
        .multiple(height, "height", patch)
        .multiple(height + 1, "width", patch);
    return new long[] {shape[0], shape[height] / patch, shape[height + 1] / patch, hidden};
  }

  @Override
  public VertexRunner fusedRunner(Map<String, INDArray> parameters) {
    VertexRunner runner =
        new FusedRunner(
            new PatchEmbedding(channels, patch, hidden, CNN2DFormat.NCHW),
            parameters,
            layout -> new PatchEmbeddingKernel(layout, patch));
    return channelsLast() ? new ChannelsFirstRunner(runner) : runner;
  }

  @Override
  public SDVariable define(GraphScope scope) {
    SameDiff graph = scope.graph();
    long[] grid = outputShape(scope.shape(IMAGE));
    SDVariable image = scope.input(IMAGE);
    if (channelsLast()) {
      image = graph.permute(image, 0, 3, 1, 2);
    }
    SDVariable cut = graph.reshape(image, -1, channels, grid[1], patch, grid[2], patch);
    SDVariable patches = graph.permute(cut, 0, 2, 4, 1, 3, 5);
    SDVariable rows = projection().define(scope, scope.rows(patches, projection().inputs()));
    return graph.reshape(rows, grid);
  }

  /** Builder; {@code channels}, {@code patch} and {@code hidden} must be set. */
  public static final class Builder extends VertexBuilder<PatchEmbedding, Builder> {
    private int channels;
    private int patch;
    private int hidden;
    private CNN2DFormat dataFormat = CNN2DFormat.NCHW;

    private Builder() {}

    /** Channels of the image. */
    public Builder channels(int value) {
      channels = value;
      return this;
    }

    /** Side of a patch in pixels. */
    public Builder patch(int value) {
      patch = value;
      return this;
    }

    /** Embedding dimension of the tokens. */
    public Builder hidden(int value) {
      hidden = value;
      return this;
    }

    /** How images lie; {@link CNN2DFormat#NCHW} unless set. */
    public Builder dataFormat(CNN2DFormat value) {
      dataFormat = value;
      return this;
    }

    @Override
    public PatchEmbedding definition() {
      return new PatchEmbedding(channels, patch, hidden, dataFormat);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
