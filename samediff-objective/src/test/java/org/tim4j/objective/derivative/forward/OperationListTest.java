package org.tim4j.objective.derivative.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Holds the documented list of operations to the table of rules. */
class OperationListTest {
  private static final Path PAGE = Path.of("docs", "tangent-rules.md");

  @Test
  void thePageNamesTheOperationsThatHaveRules() throws IOException {
    String expected = page(TangentRules.standard().operations());
    String actual = Files.exists(PAGE) ? Files.readString(PAGE) : "";
    assertEquals(expected, actual, PAGE + " must hold the expected text of this message");
  }

  private static String page(Set<String> operations) {
    StringBuilder page = new StringBuilder();
    page.append("# Operations with a tangent rule\n\n");
    page.append("`ForwardMode` differentiates graphs of these ")
        .append(operations.size())
        .append(" SameDiff operations, under the names of\n")
        .append("`DifferentialFunction.opName()`. An operation that is not here is refused by name")
        .append(" as soon as a tangent\nreaches it; `TangentRules.with` adds a rule. Loops and")
        .append(
            " branches (`while`, `if`) have none. `dropout` is\ndifferentiated as at inference.")
        .append(" The list is held to the table of rules by a test.\n\n");
    operations.forEach(name -> page.append("- `").append(name).append("`\n"));
    return page.toString();
  }
}
