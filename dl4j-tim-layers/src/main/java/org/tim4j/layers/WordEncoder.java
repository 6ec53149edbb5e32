package org.tim4j.layers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;

/**
 * A text encoder without a model of its own: the words of a caption as numbers, which the network
 * embeds, with their positions, by parameters that are trained with the rest.
 *
 * <p>Words are maximal runs of letters and digits, in lower case. Number 0 is padding, so that the
 * empty caption is all 0; 1 is any word that is not known; known words follow in their order.
 *
 * @param words known words, without repetition
 * @param length words of every caption; shorter ones are padded, of longer ones the end is left out
 * @param features embedding dimension of a word inside the network
 */
public record WordEncoder(List<String> words, int length, int features) implements TextEncoder {
  private static final int UNKNOWN = 1;
  private static final int FIRST = 2;

  /**
   * Checks the settings.
   *
   * @throws InvalidInputException if a number is not positive, or a word is given twice
   */
  public WordEncoder {
    words = List.copyOf(words);
    Require.atLeast("length", length, 1);
    Require.atLeast("features", features, 1);
    if (words.stream().distinct().count() != words.size()) {
      throw new InvalidInputException("a word is given twice; give each known word once.");
    }
  }

  /**
   * Returns the encoder that knows the words of given captions.
   *
   * @param captions usually those to train on
   * @param limit largest number of words; the most frequent ones are kept
   */
  public static WordEncoder of(List<String> captions, int limit, int length, int features) {
    Map<String, Integer> counts = new TreeMap<>();
    captions.forEach(
        caption -> split(caption).forEach(word -> counts.merge(word, 1, Integer::sum)));
    List<String> words =
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
            .limit(limit)
            .map(Map.Entry::getKey)
            .toList();
    return new WordEncoder(words, length, features);
  }

  private static List<String> split(String caption) {
    List<String> words = new ArrayList<>();
    for (String word : caption.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  @Override
  public Condition condition() {
    return new Condition.Text(FIRST + words.size(), length, features);
  }

  /** Returns word numbers {@code [batch, length]}, of type FLOAT as all conditions are. */
  @Override
  public INDArray encode(List<String> captions) {
    if (captions.isEmpty()) {
      throw new InvalidInputException("there are no captions to encode; give at least one.");
    }
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      numbers.put(words.get(i), FIRST + i);
    }
    float[][] rows = new float[captions.size()][length];
    for (int row = 0; row < rows.length; row++) {
      List<String> text = split(captions.get(row));
      for (int k = 0; k < Math.min(length, text.size()); k++) {
        rows[row][k] = numbers.getOrDefault(text.get(k), UNKNOWN);
      }
    }
    return Nd4j.createFromArray(rows);
  }
}
