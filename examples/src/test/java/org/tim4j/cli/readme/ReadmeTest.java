package org.tim4j.cli.readme;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The README's sections on Java show the code of tests, so that it compiles and does its work.
 * Other sections show excerpts.
 */
class ReadmeTest {
  private static final Pattern SECTION =
      Pattern.compile(
          "## (?:Three uses from Java|Sweeps with Arbiter|Forward-mode derivatives[^\n]*)\n(.*?)(?=\n##)",
          Pattern.DOTALL);
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  /** The folder that holds this project, whichever module the test is started in. */
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("README.md"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  private static String withoutSpace(String code) {
    return code.replaceAll("\\s+", "");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyExampleIsTheCodeOfATest() throws IOException {
    List<String> examples =
        SECTION
            .matcher(read(root().resolve("README.md")))
            .results()
            .flatMap(section -> JAVA.matcher(section.group(1)).results())
            .map((MatchResult match) -> match.group(1))
            .toList();
    assertTrue(examples.size() >= 5, "examples found: " + examples.size());
    List<String> tests;
    try (Stream<Path> files = Files.walk(root())) {
      tests =
          files
              .filter(file -> file.toString().contains("/src/test/java/"))
              .filter(file -> file.toString().endsWith("Test.java"))
              .map(file -> withoutSpace(read(file)))
              .toList();
    }
    for (String example : examples) {
      String code = withoutSpace(example);
      assertTrue(tests.stream().anyMatch(test -> test.contains(code)), "in no test:\n" + example);
    }
  }
}
