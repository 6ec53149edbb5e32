package org.tim4j.layers.embedding;

import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.vertex.TimVertex;
import org.tim4j.layers.vertex.VertexBuilder;

/** A text's tokens as features; see {@link TextTable} for input and shapes. */
public final class TextEmbedding extends TimVertex<TextTable> {
  private static final long serialVersionUID = 1L;

  @JsonCreator
  TextEmbedding(
      @JsonProperty("definition") TextTable definition,
      @JsonProperty("runtime") TimRuntime runtime) {
    super(definition, runtime);
  }

  private TextEmbedding(Builder builder) {
    super(new TextTable(builder.vocabulary, builder.length, builder.features), builder);
  }

  /** Starts a configuration. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builder; {@code vocabulary}, {@code length} and {@code features} must be set. */
  public static final class Builder extends VertexBuilder<Builder> {
    private int vocabulary;
    private int length;
    private int features;

    private Builder() {}

    /** Number of tokens. */
    public Builder vocabulary(int value) {
      vocabulary = value;
      return this;
    }

    /** Tokens of every text, the padding counted. */
    public Builder length(int value) {
      length = value;
      return this;
    }

    /** Numbers a token. */
    public Builder features(int value) {
      features = value;
      return this;
    }

    /**
     * Returns the configuration.
     *
     * @throws org.tim4j.layers.base.InvalidInputException if a setting is missing or does not fit
     */
    public TextEmbedding build() {
      return new TextEmbedding(this);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
