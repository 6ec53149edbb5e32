package org.tim4j.layers;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.embedding.ClassEmbedding;

/** What a network is told about the data that it is to generate. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Condition.None.class, name = "none"),
  @JsonSubTypes.Type(value = Condition.Classes.class, name = "classes"),
  @JsonSubTypes.Type(value = Condition.Vector.class, name = "vector"),
  @JsonSubTypes.Type(value = Condition.Caption.class, name = "caption"),
  @JsonSubTypes.Type(value = Condition.Text.class, name = "text")
})
public sealed interface Condition {

  /** Nothing: the network has no condition input. */
  record None() implements Condition {}

  /**
   * A class: condition {@code [batch, 1]}, whole numbers from 0 below {@code count}, or {@code
   * count} itself for the null class.
   *
   * @param count number of classes, the null class not counted
   * @param nullClass whether there is a null class, which guidance needs
   * @param deviation standard deviation of the first values of the classes' learned vectors, above
   *     0; null means the published one, 0.02. A larger one tells classes apart from the first step
   *     on, which short runs need
   */
  record Classes(int count, boolean nullClass, Double deviation) implements Condition {
    /**
     * Checks the settings.
     *
     * @throws InvalidInputException if there is no class or the deviation is not above 0
     */
    public Classes {
      Require.atLeast("number of classes", count, 1);
      deviation = deviation == null ? ClassEmbedding.PUBLISHED_DEVIATION : deviation;
      Require.positive("deviation", deviation.doubleValue());
    }

    /** Returns the condition with the published first values. */
    public Classes(int count, boolean nullClass) {
      this(count, nullClass, null);
    }

    /** Returns the number of learned vectors. */
    int rows() {
      return nullClass ? Math.addExact(count, 1) : count;
    }
  }

  /**
   * A vector of real numbers: condition {@code [batch, size]}.
   *
   * @param size of the vector
   */
  record Vector(int size) implements Condition {
    /**
     * Checks the setting.
     *
     * @throws InvalidInputException if the vector is empty
     */
    public Vector {
      Require.atLeast("size of the condition", size, 1);
    }
  }

  /**
   * Features of a caption's tokens: condition {@code [batch, length, features]}.
   *
   * @param features features a token
   */
  record Caption(int features) implements Condition {
    /**
     * Checks the setting.
     *
     * @throws InvalidInputException if there are no features
     */
    public Caption {
      Require.atLeast("features of a caption token", features, 1);
    }
  }

  /**
   * A caption as numbers of tokens, which the network embeds itself: condition {@code [batch,
   * length]}, whole numbers from 0 below {@code vocabulary}; 0 is padding, and only padding is the
   * null caption. See {@link TextEncoder}.
   *
   * @param vocabulary number of tokens, the padding counted
   * @param length tokens of every caption, the padding counted
   * @param features embedding dimension of the tokens
   */
  record Text(int vocabulary, int length, int features) implements Condition {
    /**
     * Checks the settings.
     *
     * @throws InvalidInputException if one is not positive
     */
    public Text {
      Require.atLeast("vocabulary", vocabulary, 1);
      Require.atLeast("length of a caption", length, 1);
      Require.atLeast("features of a caption token", features, 1);
    }
  }
}
