package org.tim4j.cli.data;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.image.ImageSet;

/** The fixed division of a set without one of its own: one fifth of every class is held out. */
final class StratifiedSplit {
  private static final long SEED = 0;
  private static final double TEST_SHARE = 0.2;

  private StratifiedSplit() {}

  static TrainTest of(ImageSet set) {
    boolean[] held = new boolean[set.count()];
    for (int value = 0; value < set.classNames().size(); value++) {
      for (int row : heldOutOf(set, value)) {
        held[row] = true;
      }
    }
    return new TrainTest(
        set.select(IntStream.range(0, held.length).filter(row -> !held[row]).toArray()),
        set.select(IntStream.range(0, held.length).filter(row -> held[row]).toArray()));
  }

  private static int[] heldOutOf(ImageSet set, int value) {
    int[] members =
        IntStream.range(0, set.count()).filter(row -> set.classes()[row] == value).toArray();
    if (members.length < 2) {
      throw new InvalidInputException(
          "class "
              + set.classNames().get(value)
              + " has "
              + members.length
              + " picture(s); at least 2 are needed, one of them to hold out");
    }
    int count = (int) Math.max(1, Math.rint(TEST_SHARE * members.length));
    int[] order = RandomStream.of(SEED, value, Purpose.DATA_SPLIT).permutation(members.length);
    return Arrays.stream(order, 0, count).map(i -> members[i]).toArray();
  }
}
