package org.tim4j.layers.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Weights as people have them: in shards, and as files of other formats. */
class TensorSourceTest {
  @TempDir Path folder;

  private static INDArray array(float... values) {
    return Nd4j.createFromArray(values);
  }

  private Path index(String weightMap) throws IOException {
    new SafetensorsWriter()
        .metadata("format", "pt")
        .tensor("a", array(1, 2))
        .tensor("b", array(3))
        .write(folder.resolve("model-00001-of-00002.safetensors"));
    new SafetensorsWriter()
        .tensor("c", array(4, 5, 6))
        .write(folder.resolve("model-00002-of-00002.safetensors"));
    return Files.writeString(
        folder.resolve("model.safetensors.index.json"),
        "{\"metadata\":{\"total_size\":24},\"weight_map\":{%s}}".formatted(weightMap));
  }

  private static String entry(String tensor, String shard) {
    return "\"%s\":\"model-0000%s-of-00002.safetensors\"".formatted(tensor, shard);
  }

  @Test
  void shardsAreReadAsOne() throws IOException {
    Path index = index(entry("c", "2") + "," + entry("a", "1") + "," + entry("b", "1"));
    try (TensorSource whole = TensorSource.open(index)) {
      List<String> names = whole.tensors().stream().map(TensorInfo::name).toList();
      assertEquals(List.of("c", "a", "b"), names);
      assertEquals(array(4, 5, 6), whole.read("c"));
      assertEquals(array(3), whole.read("b"));
      assertEquals("pt", whole.metadata().get("format"));
      assertTrue(whole.contains("a"));
      assertThrows(SafetensorsException.class, () -> whole.read("d"));
    }
  }

  @Test
  void anIndexThatDoesNotFitItsShardsIsRefused() throws IOException {
    String whole = entry("a", "1") + "," + entry("b", "1") + "," + entry("c", "2");
    refused(index(whole + "," + entry("d", "2")), "has tensor 'd', but it has not");
    refused(index(entry("a", "1") + "," + entry("c", "2")), "of which the index knows nothing");
    refused(index(whole + ",\"e\":\"../elsewhere.safetensors\""), "no file beside it");
    refused(index(whole + "," + entry("e", "3")), "there is no such file");
    refused(index(""), "no index of shards");
  }

  @Test
  void filesOfOtherFormatsAreCalledWhatTheyAre() throws IOException {
    called("a PyTorch checkpoint", zip("archive/data.pkl"));
    called("an archive of NumPy arrays", zip("x.npy"));
    called("a Deeplearning4j model", zip("configuration.json", "coefficients.bin"));
    called("a Keras model", zip("model.weights.h5"));
    called("a zip archive", zip("weights.safetensors"));
    called("begins like a zip archive, but is damaged", latin("PK\003\004 and no more"));
    called("a Python pickle", latin("\200\002\212\012l\374\234F\371 j\250P\031.\200\002M"));
    called("an HTML page", latin("\n<!DOCTYPE html><html><head><title>404</title></head></html>"));
    called("an HTML page", latin("<html><body>Access denied</body></html>"));
    called("a Git LFS pointer", latin("version https://git-lfs.github.com/spec/v1\noid sha256:0"));
    called("compressed with gzip", gzip());
    called("a GGUF file", latin("GGUF\003\000\000\000\000\000\000\000"));
    called("an HDF5 file", latin("\211HDF\r\n\032\n\000\000\000\000"));
    called("a NumPy array", latin("\223NUMPY\001\000v\000{'descr': '<f4'}"));
    called("an ONNX model", latin("\010\010\022\007pytorch\032\0052.1.0"));
    called("a JSON file", latin("{\"architectures\": [\"TiM\"]}"));
    called("a folder", null);
  }

  private void called(String what, byte[] content) throws IOException {
    Path path = content == null ? folder : Files.write(folder.resolve("weights.bin"), content);
    refused(path, what);
  }

  private static void refused(Path path, String message) {
    SafetensorsException error =
        assertThrows(SafetensorsException.class, () -> TensorSource.open(path).close());
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(1);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(latin("weights"));
    }
    return bytes.toByteArray();
  }
}
