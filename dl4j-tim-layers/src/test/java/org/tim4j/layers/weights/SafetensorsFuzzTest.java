package org.tim4j.layers.weights;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Any bytes whatever are either refused with the promised exception or read to the last value.
 *
 * <p>A test run replays the inputs in the resources; {@code JAZZER_FUZZ=1} makes Jazzer search for
 * more.
 */
class SafetensorsFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void anyBytesAreRefusedOrRead(byte[] content) throws IOException {
    Path path = Files.createTempFile("fuzz", ".safetensors");
    try {
      Files.write(path, content);
      try (SafetensorsFile file = SafetensorsFile.open(path)) {
        for (TensorInfo info : file.tensors()) {
          file.read(info.name()).close();
        }
      } catch (SafetensorsException expected) {
        return;
      }
    } finally {
      Files.delete(path);
    }
  }
}
