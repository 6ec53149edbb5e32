package org.tim4j.objective.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tim4j.layers.reference.CaseResult;
import org.tim4j.layers.reference.ReferenceFolder;

/** Reference files of the same format and other names, sizes, depths, heads and settings. */
class OtherReferencesTest {
  @TempDir Path folder;

  static void write(Path folder, long seed) throws IOException {
    RandomArrays random = new RandomArrays(seed);
    new MethodReferences(random).write(folder);
    new ModuleReferences(random).write(folder);
    new NetworkReferences(random, false).write(folder, "net_first");
    new NetworkReferences(random, true).write(folder, "net_of_captions");
    new TrainingReferences(random).write(folder);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void everyCasePasses(long seed) throws IOException {
    write(folder, seed);
    Verification verification = Verification.of(new ReferenceFolder(folder));
    List<CaseResult> failed =
        verification.cases().stream().filter(result -> !result.passed()).toList();
    assertEquals(List.of(), failed);
    assertEquals(List.of(), verification.notCovered());
    assertTrue(verification.cases().size() > 50, "" + verification.cases().size());
  }
}
