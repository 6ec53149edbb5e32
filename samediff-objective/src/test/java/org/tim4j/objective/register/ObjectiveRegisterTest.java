package org.tim4j.objective.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.Transport;
import org.tim4j.objective.transport.VpSde;

class ObjectiveRegisterTest {
  @Test
  void aServiceNamesTypesBesideTheLibrarysOwn() {
    ObjectiveRegister register = ObjectiveRegister.ofClassPath();
    assertEquals(OwnTypes.Line.class, register.transport("LINE").getClass());
    assertEquals(OtFlowMatching.standard(), register.transport("OT_FM"));
    assertEquals(OwnTypes.Falling.class, register.weightings().get("FALLING"));
    assertEquals(OwnTypes.Constant.class, register.timeDistributions().get("CONSTANT"));
    assertEquals(new BuiltInTypes().transports().size() + 1, register.transports().size());
  }

  @Test
  void aNameOrATypeGivenTwiceIsRefused() {
    assertRefused("the name 'OT_FM' stands for", Map.of("OT_FM", VpSde.standard()));
    assertRefused("give it one", Map.of("SDE", VpSde.standard()));
  }

  private static void assertRefused(String part, Map<String, Transport> transports) {
    ObjectiveTypes types =
        new ObjectiveTypes() {
          @Override
          public Map<String, Transport> transports() {
            return transports;
          }
        };
    String message =
        assertThrows(InvalidInputException.class, () -> ObjectiveRegister.with(types)).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void aServiceThatCannotBeMadeIsNamed(@TempDir Path folder) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(ObjectiveTypes.class.getName()), "org.example.Missing\n");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      String message =
          assertThrows(InvalidInputException.class, ObjectiveRegister::ofClassPath).getMessage();
      assertTrue(message.contains("org.example.Missing"), message);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
