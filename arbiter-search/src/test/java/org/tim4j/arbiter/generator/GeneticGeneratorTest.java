package org.tim4j.arbiter.generator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.serde.jackson.JsonMapper;
import org.junit.jupiter.api.Test;
import org.tim4j.arbiter.Tiny;
import org.tim4j.arbiter.candidate.TransitionCandidate;
import org.tim4j.arbiter.score.FrechetScore;
import org.tim4j.arbiter.space.TimNetworkSpace;
import org.tim4j.arbiter.space.TransitionSpace;
import org.tim4j.layers.base.InvalidInputException;

class GeneticGeneratorTest {
  private static final int GENERATIONS = 60;

  private static GeneticGenerator genetic(TransitionSpace space, long seed) {
    return new GeneticGenerator(space, new FrechetScore(24, 5, 1), 8, 0.1, seed);
  }

  /** Searches for points whose first number is small. */
  private static List<double[]> search(CandidateGenerator generator, int count) {
    List<double[]> points = new ArrayList<>();
    while (points.size() < count && generator.hasMoreCandidates()) {
      Candidate<?> candidate = generator.getCandidate();
      points.add(candidate.getFlatParameters());
      double score =
          points.get(points.size() - 1).length == 0 ? 1 : candidate.getFlatParameters()[0];
      generator.reportResults(
          new OptimizationResult(candidate, score, candidate.getIndex(), null, null, null));
    }
    return points;
  }

  private static double meanOfFirst(List<double[]> points) {
    return points.stream().mapToDouble(p -> p[0]).average().orElseThrow();
  }

  @Test
  void laterGenerationsAreBetter() {
    List<double[]> points = search(genetic(Tiny.space(), 3), GENERATIONS);
    double first = meanOfFirst(points.subList(0, 8));
    double last = meanOfFirst(points.subList(GENERATIONS - 8, GENERATIONS));
    assertTrue(last < 0.75 * first, first + " then " + last);
  }

  @Test
  void aSearchIsAFunctionOfItsSeedWhichJsonKeeps() throws IOException {
    GeneticGenerator generator = genetic(Tiny.space(), 3);
    String json = JsonMapper.getMapper().writeValueAsString(generator);
    CandidateGenerator read = JsonMapper.getMapper().readValue(json, CandidateGenerator.class);
    String yaml = JsonMapper.getYamlMapper().writeValueAsString(generator);
    CandidateGenerator ofYaml =
        JsonMapper.getYamlMapper().readValue(yaml, CandidateGenerator.class);
    List<double[]> points = search(generator, 20);
    List<double[]> again = search(read, 20);
    List<double[]> third = search(ofYaml, 20);
    generator.setRngSeed(3);
    List<double[]> restarted = search(generator, 20);
    for (int i = 0; i < points.size(); i++) {
      assertArrayEquals(points.get(i), again.get(i));
      assertArrayEquals(points.get(i), third.get(i));
      assertArrayEquals(points.get(i), restarted.get(i));
    }
    assertFalse(points.get(0)[0] == search(genetic(Tiny.space(), 4), 1).get(0)[0]);
  }

  @Test
  void aSpaceThatIsTriedOutEndsTheSearchWithAReason() {
    TransitionSpace two =
        new TransitionSpace.Builder(
                new TimNetworkSpace.Builder(Tiny.network())
                    .depth(new DiscreteParameterSpace<>(1))
                    .build(),
                Tiny.training())
            .build();
    GeneticGenerator generator = new GeneticGenerator(two, new FrechetScore(24, 5, 1), 4, 0, 1);
    Candidate<TransitionCandidate> last = null;
    for (int i = 0; i < 100 && generator.hasMoreCandidates(); i++) {
      last = generator.getCandidate();
      generator.reportResults(new OptimizationResult(last, 1.0, last.getIndex(), null, null, null));
    }
    assertFalse(generator.hasMoreCandidates());
    assertFalse(last.getValue().isPossible());
    assertTrue(last.getValue().refusal().contains("enlarge the space"));
  }

  @Test
  void populationsThatCannotBreedAreRefused() {
    assertEquals(
        "populationSize is 3; it must be at least 4",
        assertThrows(
                InvalidInputException.class,
                () -> new GeneticGenerator(Tiny.space(), new FrechetScore(24, 5, 1), 3, 0.1, 1))
            .getMessage());
  }
}
