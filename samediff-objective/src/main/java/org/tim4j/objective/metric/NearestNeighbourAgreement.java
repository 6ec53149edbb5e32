package org.tim4j.objective.metric;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;

/**
 * How often generated examples look like the class they were asked to be: a k-nearest-neighbour
 * classifier of real examples labels each one, and the share that gets the class it was generated
 * for is the agreement. A tie of votes goes to the class of the nearest neighbour among the tied.
 */
public final class NearestNeighbourAgreement {
  /** Number of neighbours that the published figures of this project use. */
  public static final int DEFAULT_NEIGHBOURS = 3;

  private final Features reference;
  private final int[] referenceClasses;
  private final int neighbours;

  private NearestNeighbourAgreement(Features reference, int[] referenceClasses, int neighbours) {
    this.reference = reference;
    this.referenceClasses = referenceClasses;
    this.neighbours = neighbours;
  }

  /**
   * Returns the classifier of the given real examples.
   *
   * @param features {@code [n, features]}
   * @param classes class of each row, at least 0
   * @param neighbours how many neighbours vote, 1 to n
   * @throws InvalidInputException if a value is out of range or the lengths differ
   */
  public static NearestNeighbourAgreement with(INDArray features, int[] classes, int neighbours) {
    if (neighbours < 1) {
      throw new InvalidInputException(neighbours + " neighbours cannot vote; at least 1 is needed");
    }
    Features reference = Features.of("reference", features, neighbours);
    requireClasses(reference, classes);
    return new NearestNeighbourAgreement(reference, classes.clone(), neighbours);
  }

  /**
   * Returns the share of rows whose predicted class is the wanted one, 0 to 1.
   *
   * @param features {@code [m, features]}, m at least 1
   * @param wanted class that each row should have
   * @throws InvalidInputException if the shapes do not fit
   */
  public double of(INDArray features, int[] wanted) {
    Features generated = Features.of("generated", features, 1);
    generated.requireSameWidth(reference);
    requireClasses(generated, wanted);
    long agreeing =
        generated.rowNumbers().filter(row -> classify(generated, row) == wanted[row]).count();
    return (double) agreeing / wanted.length;
  }

  private int classify(Features generated, int row) {
    double[] distances = generated.squaredDistances(row, reference);
    int[] nearest = Smallest.indices(distances, neighbours);
    int[] votes = new int[Arrays.stream(nearest).map(i -> referenceClasses[i]).max().orElse(0) + 1];
    for (int i : nearest) {
      votes[referenceClasses[i]]++;
    }
    int winner = referenceClasses[nearest[0]];
    for (int i : nearest) {
      if (votes[referenceClasses[i]] > votes[winner]) {
        winner = referenceClasses[i];
      }
    }
    return winner;
  }

  private static void requireClasses(Features features, int[] classes) {
    if (classes.length != features.count()) {
      throw new InvalidInputException(
          classes.length + " classes were given for " + features.count() + " rows; give one a row");
    }
    for (int value : classes) {
      if (value < 0) {
        throw new InvalidInputException("class " + value + " is negative; classes count from 0");
      }
    }
  }
}
