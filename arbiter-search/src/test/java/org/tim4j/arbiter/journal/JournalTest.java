package org.tim4j.arbiter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tim4j.arbiter.candidate.Budget;
import org.tim4j.arbiter.candidate.CandidateRecord;
import org.tim4j.arbiter.candidate.CurvePoint;
import org.tim4j.arbiter.candidate.Outcome;
import org.tim4j.layers.base.InvalidInputException;

class JournalTest {
  private static final JsonNode SWEEP = JsonNodeFactory.instance.objectNode().put("seed", 1);
  private static final CandidateRecord COMPLETE =
      new CandidateRecord(
          0,
          List.of(0.1, 1.0 / 3),
          Budget.steps(7),
          Outcome.COMPLETE,
          0.1 + 0.2,
          List.of(new CurvePoint(7, 1.5, 0.1 + 0.2)),
          7,
          1.5,
          null,
          JsonNodeFactory.instance.objectNode().put("network", "ö\n"));
  private static final CandidateRecord FAILED =
      new CandidateRecord(
          1, List.of(), null, Outcome.FAILED, null, List.of(), 0, 0, "no \"such\" thing", null);

  @TempDir private Path folder;

  private Path written() {
    Path file = folder.resolve("journal.jsonl");
    try (Journal journal = Journal.open(file, SWEEP)) {
      journal.append(COMPLETE);
      journal.append(FAILED);
    }
    return file;
  }

  @Test
  void recordsComeBackToTheLastBit() {
    try (Journal journal = Journal.open(written(), SWEEP)) {
      assertEquals(List.of(COMPLETE, FAILED), journal.records());
      assertEquals(COMPLETE, journal.find(0, COMPLETE.parameters(), Budget.steps(7)).orElseThrow());
      assertEquals(FAILED, journal.find(1, List.of(), null).orElseThrow());
      assertTrue(journal.find(0, COMPLETE.parameters(), Budget.steps(8)).isEmpty());
      assertTrue(journal.find(0, List.of(0.1, 0.3), Budget.steps(7)).isEmpty());
      assertTrue(journal.find(2, COMPLETE.parameters(), Budget.steps(7)).isEmpty());
    }
  }

  @Test
  void everyCutGivesTheRecordsBeforeIt() throws IOException {
    byte[] whole = Files.readAllBytes(written());
    Path cut = folder.resolve("cut.jsonl");
    for (int length = 0; length <= whole.length; length += 3) {
      Files.write(cut, Arrays.copyOf(whole, length));
      String before = new String(whole, 0, length, StandardCharsets.UTF_8);
      long lines = before.chars().filter(c -> c == '\n').count();
      try (Journal journal = Journal.open(cut, SWEEP)) {
        assertEquals(
            List.of(COMPLETE, FAILED).subList(0, (int) Math.max(0, lines - 1)), journal.records());
        journal.append(FAILED);
      }
      assertTrue(Files.readString(cut).endsWith("}\n"));
    }
  }

  @Test
  void aJournalIsOfOneSweepAtATime() {
    Path file = written();
    try (Journal open = Journal.open(file, SWEEP)) {
      assertTrue(refusal(file, SWEEP).contains("is in use by another sweep"));
      assertEquals(2, open.records().size());
    }
    JsonNode other = JsonNodeFactory.instance.objectNode().put("seed", 2);
    assertTrue(refusal(file, other).contains("belongs to another sweep"));
    assertFalse(refusal(folder.resolve("no/such.jsonl"), SWEEP).isEmpty());
  }

  private static String refusal(Path file, JsonNode sweep) {
    return assertThrows(InvalidInputException.class, () -> Journal.open(file, sweep)).getMessage();
  }
}
