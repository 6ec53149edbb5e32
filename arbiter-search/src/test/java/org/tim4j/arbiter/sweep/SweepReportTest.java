package org.tim4j.arbiter.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tim4j.arbiter.candidate.Budget;
import org.tim4j.arbiter.candidate.CandidateRecord;
import org.tim4j.arbiter.candidate.CurvePoint;
import org.tim4j.arbiter.candidate.Outcome;
import org.tim4j.layers.base.InvalidInputException;

class SweepReportTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private static CandidateRecord scored(int index, Outcome outcome, double score, double exponent)
      throws JsonProcessingException {
    return new CandidateRecord(
        index,
        List.of(0.5),
        Budget.seconds(2),
        outcome,
        score,
        List.of(new CurvePoint(5, 1, 9), new CurvePoint(11, 2, score)),
        11,
        2,
        outcome == Outcome.STOPPED ? "stopped, as unpromising" : null,
        JSON.readTree(
            "{\"network\": {\"hidden\": 8}, \"training\": {\"steps\": 2147483647, \"loss\":"
                + " {\"exponent\": "
                + exponent
                + "}}}"));
  }

  private static SweepResult result() throws JsonProcessingException {
    return new SweepResult(
        List.of(
            scored(0, Outcome.COMPLETE, 3, -1),
            new CandidateRecord(
                1, List.of(), null, Outcome.FAILED, null, List.of(), 0, 0, "\"odd\"", null),
            scored(2, Outcome.STOPPED, 1, -0.5),
            scored(3, Outcome.COMPLETE, 2, 0),
            scored(4, Outcome.COMPLETE, 5, -2)));
  }

  @Test
  void theTableHasTheBestFirstAndAColumnForWhatVaries() throws JsonProcessingException {
    assertEquals(
        """
        rank,candidate,outcome,score,steps,seconds,reason,training.loss.exponent
        1,2,STOPPED,1.0,11,2.0,"stopped, as unpromising",-0.5
        2,3,COMPLETE,2.0,11,2.0,,0.0
        3,0,COMPLETE,3.0,11,2.0,,-1.0
        4,4,COMPLETE,5.0,11,2.0,,-2.0
        5,1,FAILED,,0,0.0,\"""odd\""",
        """,
        SweepReport.csv(result()));
  }

  @Test
  void theBestIsOneThatSpentItsBudgetWithTheStepsItMade() throws IOException {
    SweepReport.write(result(), folder.resolve("new/folder"));
    JsonNode best = JSON.readTree(folder.resolve("new/folder/best.json").toFile());
    assertEquals(0, best.at("/training/loss/exponent").asDouble());
    assertEquals(11, best.at("/training/steps").asInt());
    assertEquals(
        SweepReport.csv(result()), Files.readString(folder.resolve("new/folder/results.csv")));
    assertEquals(0, result().median().orElseThrow().index());
    assertEquals(3, result().medianScore().orElseThrow());
    assertEquals(44, result().steps());
  }

  @Test
  void aSweepOfFailuresHasNoBest() throws JsonProcessingException {
    SweepResult failures = new SweepResult(List.of(result().records().get(1)));
    SweepReport.write(failures, folder);
    assertFalse(Files.exists(folder.resolve("best.json")));
    assertTrue(failures.median().isEmpty());
    assertTrue(failures.medianScore().isEmpty());
    assertThrows(
        InvalidInputException.class,
        () -> SweepReport.write(failures, folder.resolve("results.csv")));
  }
}
