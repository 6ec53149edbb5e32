package org.tim4j.arbiter.sweep;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.tim4j.arbiter.candidate.TransitionCandidate;
import org.tim4j.arbiter.space.SearchLeaf;
import org.tim4j.arbiter.space.TransitionSpace;
import org.tim4j.layers.base.InvalidInputException;

/**
 * Looks for candidates of a space that cannot exist. It tries the extremes of the leaves that each
 * part of the space has for itself, the other leaves in their middle, because settings constrain
 * each other only within a part.
 */
final class SpaceCheck {
  private static final int MOST_CORNERS = 4096;
  private static final int ENDS = 2;
  private static final double MIDDLE = 0.5;

  private final TransitionSpace space;
  private final List<SearchLeaf> leaves;

  private SpaceCheck(TransitionSpace space) {
    this.space = space;
    this.leaves = SearchLeaf.of(space);
  }

  /**
   * Checks a space whose leaves a generator has numbered.
   *
   * @throws InvalidInputException if a candidate is impossible
   */
  static void check(TransitionSpace space) {
    SpaceCheck check = new SpaceCheck(space);
    check.corners(List.of());
    check.parts(space);
  }

  private void parts(ParameterSpace<?> whole) {
    for (ParameterSpace<?> part : whole.getNestedSpaces().values()) {
      Set<Object> own = Collections.newSetFromMap(new IdentityHashMap<>());
      own.addAll(part.collectLeaves());
      corners(leaves.stream().filter(leaf -> own.contains(leaf.space())).toList());
      parts(part);
    }
  }

  private void corners(List<SearchLeaf> varied) {
    long count = 1;
    for (SearchLeaf leaf : varied) {
      count = Math.multiplyExact(count, leaf.count(ENDS));
    }
    for (long corner = 0; corner < count; corner += Math.max(1, count / MOST_CORNERS)) {
      double[] point = new double[leaves.size()];
      Arrays.fill(point, MIDDLE);
      long rest = corner;
      for (SearchLeaf leaf : varied) {
        double[] levels = leaf.levels(ENDS);
        point[leaf.position()] = levels[(int) (rest % levels.length)];
        rest /= levels.length;
      }
      TransitionCandidate candidate = space.getValue(point);
      if (!candidate.isPossible()) {
        throw new InvalidInputException(
            "the space holds candidates that cannot exist: "
                + candidate.refusal()
                + "; narrow the space");
      }
    }
  }
}
