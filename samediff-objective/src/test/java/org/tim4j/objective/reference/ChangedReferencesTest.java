package org.tim4j.objective.reference;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tim4j.layers.base.TimException;
import org.tim4j.layers.reference.CaseResult;
import org.tim4j.layers.reference.ReferenceFolder;
import org.tim4j.layers.reference.ReferenceSuite;

/**
 * Reference files that were changed in one place: none may pass, and what does not fit is refused
 * in our words before a layer computes with it.
 */
class ChangedReferencesTest {
  /** Arrays of each file that are changed, in every way. */
  private static final int ARRAYS = Integer.getInteger("tim.changes", 1);

  /** Arrays that a file may lack, as it may hold fewer cases. */
  private static final String OPTIONAL = "dF_dde_eps=.*|.*_minus_init:.*";

  /** Values that do not touch a result: rows of other classes, an interval that is ignored. */
  private static final String IDLE = ".*embedding_table.*|attn/.*/distance=0/delta";

  @TempDir static Path folder;

  private static List<ReferenceSuite> suites;

  /** What is done to an array. */
  enum Change {
    VALUE,
    WIDTH,
    RANK,
    TYPE,
    NAME,
    ABSENCE
  }

  @BeforeAll
  static void write() throws IOException {
    OtherReferencesTest.write(folder, 5);
    suites = Verification.suites(new ReferenceFolder(folder));
  }

  static Stream<Arguments> arrays() throws IOException {
    if (suites == null) {
      write();
    }
    Stream.Builder<Arguments> all = Stream.builder();
    RandomArrays random = new RandomArrays(11);
    for (ReferenceSuite suite : suites) {
      for (String file : ownFiles(suite)) {
        List<String> names = List.copyOf(TensorFile.read(folder, file).tensors.keySet());
        for (int i = 0; i < ARRAYS; i++) {
          String name = names.get(random.between(0, names.size() - 1));
          for (Change change : Change.values()) {
            boolean harmless =
                change == Change.ABSENCE && (file + ":" + name).matches("[^:]*:" + OPTIONAL)
                    || change == Change.VALUE && name.matches(IDLE);
            if (!harmless) {
              all.add(Arguments.of(suite, file, name, change));
            }
          }
        }
      }
    }
    return all.build();
  }

  /** The weights that several suites read are changed for one of them. */
  private static List<String> ownFiles(ReferenceSuite suite) {
    return suite.files().stream()
        .filter(file -> !file.equals(TrainingSuite.WEIGHTS) || suite instanceof TrainingSuite)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void isSeen(ReferenceSuite suite, String file, String array, Change change) throws IOException {
    TensorFile original = TensorFile.read(folder, file);
    TensorFile changed = TensorFile.read(folder, file);
    apply(changed, array, change);
    changed.write(folder, file);
    try {
      requireSeen(suite);
    } finally {
      original.write(folder, file);
    }
  }

  private static void requireSeen(ReferenceSuite suite) {
    try {
      List<CaseResult> results = Verification.run(suite, new ReferenceFolder(folder));
      assertTrue(results.stream().anyMatch(result -> !result.passed()), "passed");
    } catch (TimException e) {
      assertFalse(e.getMessage().contains("\n"), e.getMessage());
      assertFalse(e.getMessage().matches("(?i).*(nd4j|exception|java\\.).*"), e.getMessage());
    }
  }

  private static void apply(TensorFile file, String name, Change change) {
    Map<String, TensorFile.Tensor> tensors = file.tensors;
    TensorFile.Tensor tensor = tensors.remove(name);
    double[] values = tensor.values().clone();
    long[] shape = tensor.shape().clone();
    switch (change) {
      case VALUE -> {
        int at = values.length / 2;
        double step = tensor.type().equals("F64") ? 1e-3 : 0.5;
        values[at] += tensor.type().equals("I64") ? 1 : step * (1 + Math.abs(values[at]));
        tensors.put(name, new TensorFile.Tensor(tensor.type(), shape, values));
      }
      case WIDTH -> {
        shape[shape.length - 1]++;
        int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        tensors.put(name, new TensorFile.Tensor(tensor.type(), shape, Arrays.copyOf(values, size)));
      }
      case RANK -> {
        long[] deeper = Arrays.copyOf(shape, shape.length + 1);
        deeper[shape.length] = 1;
        tensors.put(name, new TensorFile.Tensor(tensor.type(), deeper, values));
      }
      case TYPE ->
          tensors.put(
              name,
              new TensorFile.Tensor(tensor.type().equals("F64") ? "F32" : "F64", shape, values));
      case NAME -> tensors.put(name + "x", tensor);
      case ABSENCE -> {}
    }
  }

  static Stream<Arguments> settings() throws IOException {
    if (suites == null) {
      write();
    }
    Stream.Builder<Arguments> all = Stream.builder();
    for (ReferenceSuite suite : suites) {
      for (String file : ownFiles(suite)) {
        addSettings(all, suite, file, "", TensorFile.read(folder, file).description);
      }
    }
    return all.build();
  }

  private static void addSettings(
      Stream.Builder<Arguments> all,
      ReferenceSuite suite,
      String file,
      String path,
      ObjectNode node) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String pointer = path + "/" + entry.getKey().replace("/", "~1");
      if (entry.getValue() instanceof ObjectNode inside) {
        addSettings(all, suite, file, pointer, inside);
      } else if (!entry.getValue().isTextual()) {
        all.add(Arguments.of(suite, file, pointer));
      }
    }
  }

  /** A number in quotes is no number. */
  @ParameterizedTest
  @MethodSource("settings")
  void aTextIsNoNumber(ReferenceSuite suite, String file, String pointer) throws IOException {
    TensorFile changed = TensorFile.read(folder, file);
    int slash = pointer.lastIndexOf('/');
    ObjectNode parent =
        slash == 0
            ? changed.description
            : (ObjectNode) changed.description.at(pointer.substring(0, slash));
    String name = pointer.substring(slash + 1).replace("~1", "/");
    parent.put(name, parent.get(name).asText());
    byte[] before = Files.readAllBytes(folder.resolve(file + ".json"));
    changed.write(folder, file);
    try {
      suite.run(new ReferenceFolder(folder));
      fail("passed");
    } catch (TimException e) {
      assertTrue(e.getMessage().contains(file), e.getMessage());
    } finally {
      Files.write(folder.resolve(file + ".json"), before);
    }
  }
}
