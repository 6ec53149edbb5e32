package org.tim4j.cli.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The Java of every page is the code of an example program, so that it compiles and does its work,
 * and the links between pages lead somewhere.
 */
class PagesTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#+ +(.+)$", Pattern.MULTILINE);
  private static final Pattern COMMENT = Pattern.compile("(?m)\\s+//.*$");

  /** The folder that holds this project, whichever module the test is started in. */
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("CONTRIBUTING.md"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  private static String code(String text) {
    return COMMENT.matcher(text).replaceAll("").replaceAll("\\s+", "");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(root())) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .filter(
              file -> !root().relativize(file).toString().matches("(.*/)?(target|out|\\.git)/.*"))
          .toList();
    }
  }

  @Test
  void everyJavaBlockIsTheCodeOfAnExample() throws IOException {
    List<String> programs =
        files(".java").stream()
            .filter(
                file -> file.toString().matches(".*src/main/java/org/tim4j/examples/\\w+\\.java"))
            .map(file -> code(read(file)))
            .toList();
    int blocks = 0;
    for (Path page : files(".md")) {
      for (MatchResult match : JAVA.matcher(read(page)).results().toList()) {
        String block = code(match.group(1));
        assertTrue(
            programs.stream().anyMatch(program -> program.contains(block)),
            () -> "in no example, from " + page + ":\n" + match.group(1));
        blocks++;
      }
    }
    assertTrue(blocks >= 6, "blocks found: " + blocks);
  }

  @Test
  void everyLinkLeadsToAFileAndItsHeading() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : files(".md")) {
      for (MatchResult match : LINK.matcher(read(page)).results().toList()) {
        String link = match.group(1);
        if (link.matches("https?:.*")) {
          continue;
        }
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        boolean found = Files.exists(target);
        if (found && parts.length == 2) {
          found = anchors(read(target)).contains(parts[1]);
        }
        if (!found) {
          broken.add(root().relativize(page) + ": " + link);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  /** The names that Markdown pages give their headings. */
  private static List<String> anchors(String page) {
    return HEADING
        .matcher(page)
        .results()
        .map(match -> match.group(1).toLowerCase(Locale.ROOT))
        .map(title -> title.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }
}
