package org.tim4j.arbiter.generator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.serde.jackson.JsonMapper;
import org.junit.jupiter.api.Test;
import org.tim4j.arbiter.Tiny;
import org.tim4j.arbiter.candidate.Budget;
import org.tim4j.arbiter.candidate.TransitionCandidate;
import org.tim4j.layers.base.InvalidInputException;

class SuccessiveHalvingGeneratorTest {
  /** Six candidates of one step, three of two, one of four. */
  private static SuccessiveHalvingGenerator halving() {
    return new SuccessiveHalvingGenerator(Tiny.space(), 6, 2, 3, 5);
  }

  /** Runs the search with the first number of a point as its score. */
  private static List<Candidate<?>> search(CandidateGenerator generator) {
    List<Candidate<?>> drawn = new ArrayList<>();
    while (generator.hasMoreCandidates()) {
      Candidate<?> candidate = generator.getCandidate();
      drawn.add(candidate);
      report(generator, candidate);
    }
    return drawn;
  }

  private static void report(CandidateGenerator generator, Candidate<?> candidate) {
    generator.reportResults(
        new OptimizationResult(
            candidate, candidate.getFlatParameters()[0], candidate.getIndex(), null, null, null));
  }

  private static Budget budget(Candidate<?> candidate) {
    return ((TransitionCandidate) candidate.getValue()).budget();
  }

  @Test
  void theBestGoOnWithMore() {
    List<Candidate<?>> drawn = search(halving());
    assertEquals(10, drawn.size());
    for (int i = 0; i < 10; i++) {
      assertEquals(i, drawn.get(i).getIndex());
      assertEquals(Budget.steps(i < 6 ? 1 : i < 9 ? 2 : 4), budget(drawn.get(i)));
    }
    double[] first = new double[6];
    for (int i = 0; i < 6; i++) {
      first[i] = drawn.get(i).getFlatParameters()[0];
    }
    double[] sorted = first.clone();
    Arrays.sort(sorted);
    for (int i = 6; i < 9; i++) {
      assertEquals(sorted[i - 6], drawn.get(i).getFlatParameters()[0]);
    }
    assertEquals(sorted[0], drawn.get(9).getFlatParameters()[0]);
  }

  @Test
  void failuresHoldNobodyUp() {
    SuccessiveHalvingGenerator generator = halving();
    for (int i = 0; i < 6; i++) {
      Candidate<?> candidate = generator.getCandidate();
      if (i != 2 && i != 4) {
        report(generator, candidate);
      }
    }
    // Of four that ended two go on, and one of these.
    assertEquals(3, search(generator).size());
  }

  @Test
  void onlyCandidatesBelowTheTopMayContinue() {
    SuccessiveHalvingGenerator generator = halving();
    List<Candidate<?>> drawn = search(generator);
    assertTrue(generator.mayContinue((TransitionCandidate) drawn.get(0).getValue()));
    assertFalse(generator.mayContinue((TransitionCandidate) drawn.get(9).getValue()));
    assertThrows(InvalidInputException.class, generator::getCandidate);
  }

  @Test
  void jsonKeepsTheSeedAndASeedRepeatsTheSearch() throws IOException {
    SuccessiveHalvingGenerator generator = halving();
    String json = JsonMapper.getMapper().writeValueAsString(generator);
    CandidateGenerator read = JsonMapper.getMapper().readValue(json, CandidateGenerator.class);
    List<Candidate<?>> drawn = search(generator);
    List<Candidate<?>> again = search(read);
    generator.setRngSeed(5);
    List<Candidate<?>> third = search(generator);
    for (int i = 0; i < drawn.size(); i++) {
      assertArrayEquals(drawn.get(i).getFlatParameters(), again.get(i).getFlatParameters());
      assertArrayEquals(drawn.get(i).getFlatParameters(), third.get(i).getFlatParameters());
      assertEquals(drawn.get(i).getValue(), again.get(i).getValue());
    }
  }

  @Test
  void laddersThatNobodyClimbsAreRefused() {
    assertThrows(
        InvalidInputException.class,
        () -> new SuccessiveHalvingGenerator(Tiny.space(), 3, 2, 3, 5));
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () -> new SuccessiveHalvingGenerator(Tiny.space(), 9, 3, 3, 5));
    assertEquals(
        "a budget of 4 steps leaves less than one for the first of 3 rungs; give at least 9",
        e.getMessage());
  }
}
