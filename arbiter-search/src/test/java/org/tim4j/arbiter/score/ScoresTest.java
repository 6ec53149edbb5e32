package org.tim4j.arbiter.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import java.util.Properties;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.serde.jackson.JsonMapper;
import org.junit.jupiter.api.Test;
import org.tim4j.arbiter.Tiny;
import org.tim4j.arbiter.candidate.TrainedCandidate;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.training.Examples;

class ScoresTest {
  private final Examples heldOut = new Tiny.Data().testData();

  /** A network as it is made, whose last layer is zero: it predicts 0 whatever the times are. */
  private static TrainedCandidate untrained() {
    return new TrainedCandidate(TimNetwork.create(Tiny.network(), 1), Tiny.training(), 0);
  }

  /** A network that depends on its inputs. */
  private static TrainedCandidate trained() {
    TrainedCandidate candidate = untrained();
    candidate.network().parameters().addi(0.05);
    return candidate;
  }

  @Test
  void theHeldOutLossOfPredictingZeroIsTheMeanSquareOfTheTarget() {
    // With f = 0 everywhere the target is the velocity of the straight path, noise minus data.
    double expected = 1 + heldOut.x().mul(heldOut.x()).meanNumber().doubleValue();
    assertEquals(expected, new HeldOutLossScore(200, 5).score(untrained(), heldOut), 0.03);
  }

  @Test
  void theHeldOutLossIsAFunctionOfItsSeedAndLeavesTheExamplesAlone() {
    Examples before = new Tiny.Data().testData();
    double first = new HeldOutLossScore(2, 5).score(trained(), heldOut);
    assertEquals(first, new HeldOutLossScore(2, 5).score(trained(), heldOut));
    assertNotEquals(first, new HeldOutLossScore(2, 6).score(trained(), heldOut));
    assertEquals(before.x(), heldOut.x());
    assertEquals(before.condition(), heldOut.condition());
  }

  @Test
  void severalNumbersOfEvaluationsCountAlike() {
    double one = new FrechetScore(24, 5, 1).score(trained(), heldOut);
    double four = new FrechetScore(24, 5, 4).score(trained(), heldOut);
    assertNotEquals(one, four);
    assertEquals(
        (one + four) / 2, new FrechetScore(24, 5, 1, 4).score(trained(), heldOut), 1e-12 * one);
  }

  @Test
  void noiseIsAsFarFromTheDataAsTheirMomentsSay() {
    // One step of a network that predicts 0 leaves the noise as it is: independent numbers of mean
    // 0 and deviation 1. Those of the data are alike within a class, so that their covariance is
    // about 0.49 J + 0.09 I with J all ones, of eigenvalues 0.09 (15 times) and 7.93.
    double expected = 15 * Math.pow(1 - 0.3, 2) + Math.pow(Math.sqrt(7.93) - 1, 2);
    double found = new FrechetScore(2000, 5, 1).score(untrained(), new Tiny.Data().testData(2000));
    assertEquals(expected, found, 0.5);
  }

  @Test
  @SuppressWarnings("deprecation") // the refused overload
  void scoresSurviveJsonAndRefuseWhatTheyCannotScore() throws IOException {
    for (ScoreFunction score :
        new ScoreFunction[] {new FrechetScore(24, 5, 1, 4), new HeldOutLossScore(2, 5)}) {
      String json = JsonMapper.getMapper().writeValueAsString(score);
      assertEquals(score, JsonMapper.getMapper().readValue(json, ScoreFunction.class));
      assertTrue(score.minimize());
      assertEquals(
          score.score(trained(), Tiny.Data.class, new Properties()),
          score.score(trained(), Tiny.Data.class, null));
      assertThrows(
          UnsupportedOperationException.class,
          () -> score.score(trained(), (DataProvider) null, Map.of()));
    }
    assertThrows(InvalidInputException.class, () -> new FrechetScore(1, 5, 1));
    assertThrows(InvalidInputException.class, () -> new FrechetScore(24, 5));
    assertThrows(InvalidInputException.class, () -> new FrechetScore(24, 5, 0));
    assertThrows(InvalidInputException.class, () -> new HeldOutLossScore(0, 5));
  }
}
