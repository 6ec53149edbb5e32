package org.tim4j.arbiter.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.BooleanSpace;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.deeplearning4j.arbiter.optimize.serde.jackson.JsonMapper;
import org.junit.jupiter.api.Test;
import org.tim4j.arbiter.Tiny;
import org.tim4j.arbiter.candidate.TransitionCandidate;
import org.tim4j.arbiter.space.IntervalWeightingSpace;
import org.tim4j.arbiter.space.TimNetworkSpace;
import org.tim4j.arbiter.space.TransitionSpace;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.interval.IntervalWeighting;

class GridGeneratorTest {
  /**
   * Network leaves before the weighting's: one value, a boolean, a range, a continuous exponent.
   */
  private static TransitionSpace space() {
    TimNetworkSpace network =
        new TimNetworkSpace.Builder(Tiny.network())
            .hidden(new DiscreteParameterSpace<>(8))
            .depth(new IntegerParameterSpace(1, 99))
            .distanceAware(new BooleanSpace())
            .build();
    return new TransitionSpace.Builder(network, Tiny.training())
        .weighting(
            new IntervalWeightingSpace.Builder()
                .exponent(new ContinuousParameterSpace(-2, 0))
                .build())
        .build();
  }

  private static List<TransitionCandidate> all(CandidateGenerator generator) {
    List<TransitionCandidate> candidates = new ArrayList<>();
    while (generator.hasMoreCandidates()) {
      Candidate<?> candidate = generator.getCandidate();
      assertEquals(candidates.size(), candidate.getIndex());
      candidates.add((TransitionCandidate) candidate.getValue());
    }
    return candidates;
  }

  private static List<String> settings(List<TransitionCandidate> candidates) {
    return candidates.stream()
        .map(
            c ->
                c.network().depth()
                    + " "
                    + c.network().distanceAware()
                    + " "
                    + ((IntervalWeighting) c.training().loss().weighting()).exponent())
        .toList();
  }

  @Test
  void everyCombinationComesOnceTheFirstLeafFastest() {
    GridGenerator grid = new GridGenerator(space(), 3, GridGenerator.Order.SEQUENTIAL, 1);
    assertEquals(18, grid.size());
    List<String> visited = settings(all(grid));
    assertEquals(18, new HashSet<>(visited).size());
    assertEquals(
        List.of("1 true -2.0", "50 true -2.0", "99 true -2.0", "1 false -2.0"),
        visited.subList(0, 4));
    assertEquals("99 false 0.0", visited.get(17));
    assertFalse(grid.hasMoreCandidates());
    assertThrows(InvalidInputException.class, grid::getCandidate);
  }

  @Test
  void aShuffledGridIsAFunctionOfItsSeed() {
    GridGenerator grid = new GridGenerator(space(), 3, GridGenerator.Order.SHUFFLED, 7);
    List<String> first = settings(all(grid));
    grid.setRngSeed(7);
    assertEquals(first, settings(all(grid)));
    grid.setRngSeed(8);
    List<String> other = settings(all(grid));
    assertNotEquals(first, other);
    assertEquals(Set.copyOf(first), Set.copyOf(other));
  }

  @Test
  void jsonKeepsTheSeed() throws IOException {
    GridGenerator grid = new GridGenerator(space(), 2, GridGenerator.Order.SHUFFLED, 7);
    String json = JsonMapper.getMapper().writeValueAsString(grid);
    CandidateGenerator read = JsonMapper.getMapper().readValue(json, CandidateGenerator.class);
    assertEquals(json, JsonMapper.getMapper().writeValueAsString(read));
    assertEquals(all(grid), all(read));
  }

  @Test
  void gridsThatCannotBeCountedAreRefused() {
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () -> new GridGenerator(space(), 2_000_000_000, GridGenerator.Order.SEQUENTIAL, 1));
    assertTrue(e.getMessage().contains("more than 2147483647 points"), e.getMessage());
  }
}
