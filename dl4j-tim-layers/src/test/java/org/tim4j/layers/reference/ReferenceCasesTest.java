package org.tim4j.layers.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer and network of the authors' code, evaluated by ours; see {@code tim verify}. */
class ReferenceCasesTest {
  private static final ReferenceFolder FOLDER =
      new ReferenceFolder(Path.of(System.getProperty("tim.golden")));

  static Stream<CaseResult> layers() {
    return new LayerSuite().run(FOLDER).stream();
  }

  static Stream<CaseResult> networks() {
    return NetworkSuite.names(FOLDER).stream()
        .flatMap(name -> new NetworkSuite(name).run(FOLDER).stream());
  }

  @ParameterizedTest
  @MethodSource({"layers", "networks"})
  void agrees(CaseResult result) {
    assertTrue(result.arrays() > 0 && result.passed(), result.toString());
    if (result.name().endsWith("double")) {
      assertTrue(result.maxError() <= 1e-12, result.toString());
    }
  }

  @Test
  void everyVariantOfTheNetworkIsThere() {
    assertEquals(
        List.of("net_A", "net_B", "net_C", "net_D", "net_E", "net_F", "net_t2i"),
        NetworkSuite.names(FOLDER));
  }
}
