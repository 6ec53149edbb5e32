package org.tim4j.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Model;

class ModelFileTest {
  @TempDir static Path folder;
  private static Path stream;
  private static Path proto;
  private static String expected;

  @BeforeAll
  static void save() throws IOException {
    stream = folder.resolve("stream");
    proto = folder.resolve("proto");
    try (TimModel<?> model = Tiny.trainer(1).train(Tables.catsAndDogs())) {
      write(stream, model);
      model.serializeToFile(proto);
      expected = Tiny.rows(model.generate(3, 2, 1)).toString();
    }
  }

  private static void write(Path file, Object object) throws IOException {
    try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(file))) {
      out.writeObject(object);
    }
  }

  @Test
  void bothWaysOfTribuoToSaveAModelAreRead() throws IOException {
    for (Path file : List.of(stream, proto)) {
      try (TimModel<?> model = (TimModel<?>) ModelFile.read(file)) {
        assertEquals(expected, Tiny.rows(model.generate(3, 2, 1)).toString());
      }
    }
  }

  /** Notices if an object of it is made. */
  private static final class Intruder implements Serializable {
    private static final long serialVersionUID = 1L;
    private static boolean made;

    private Object readResolve() {
      made = true;
      return this;
    }
  }

  @Test
  void objectsOfOtherClassesAreNotMade() throws IOException {
    for (Object foreign : new Object[] {new Intruder(), List.of(1), new Intruder[1], "text"}) {
      Path file = folder.resolve("foreign");
      write(file, foreign);
      assertThrows(IOException.class, () -> ModelFile.read(file));
    }
    assertTrue(!Intruder.made);
  }

  @Test
  void aStreamWhoseHolderHoldsNoModelIsRefused() throws IOException {
    Path file = folder.resolve("empty");
    write(file, new ModelProtoHolder(new byte[] {1, 2, 3}));
    assertThrows(IOException.class, () -> ModelFile.read(file));
  }

  @Test
  void truncatedFilesAreRefused() throws IOException {
    for (Path file : List.of(stream, proto)) {
      byte[] bytes = Files.readAllBytes(file);
      for (int length : new int[] {1, 2, 50, bytes.length / 2, bytes.length - 1}) {
        Path cut = folder.resolve("cut");
        Files.write(cut, Arrays.copyOf(bytes, length));
        Exception error = assertThrows(Exception.class, () -> ModelFile.read(cut));
        assertTrue(
            error instanceof IOException || error instanceof IllegalStateException,
            file + " of " + length + ": " + error);
      }
    }
    assertThrows(IOException.class, () -> ModelFile.read(folder.resolve("nothing")));
  }

  @Test
  void tribuoReadsTheProtobufItself() throws IOException {
    try (TimModel<?> model = (TimModel<?>) Model.deserializeFromFile(proto)) {
      assertEquals(expected, Tiny.rows(model.generate(3, 2, 1)).toString());
    }
  }
}
