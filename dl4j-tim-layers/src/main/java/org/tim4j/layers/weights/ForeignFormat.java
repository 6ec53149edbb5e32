package org.tim4j.layers.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.ZipFile;

/** Files that people have in the place of a safetensors file, told by how they begin. */
enum ForeignFormat {
  LFS_POINTER(
      start -> start.startsWith("version https://git-lfs"),
      "is a Git LFS pointer, not the file itself; fetch it with git lfs pull"),
  HTML(
      start ->
          start
              .stripLeading()
              .toLowerCase(Locale.ROOT)
              .matches("(?s)<(!doctype|html|head|\\?xml).*"),
      "is an HTML page, such as a server sends in the place of a file; download the file itself"),
  ZIP(start -> start.startsWith("PK\3\4"), "is a zip archive; give a .safetensors file from it"),
  GZIP(start -> start.startsWith("\37\213"), "is compressed with gzip; unpack it first (gunzip)"),
  ZSTD(
      start -> start.startsWith("(\265/\375"), "is compressed with zstd; unpack it first (unzstd)"),
  XZ(start -> start.startsWith("\3757zXZ"), "is compressed with xz; unpack it first (unxz)"),
  SEVEN_ZIP(start -> start.startsWith("7z\274\257"), "is a 7z archive; unpack it first"),
  TAR(
      start -> start.length() > 262 && start.startsWith("ustar", 257),
      "is a tar archive; give a .safetensors file from it"),
  GGUF(
      start -> start.startsWith("GGUF"),
      "is a GGUF file of llama.cpp; take the model's original safetensors file"),
  HDF5(
      start -> start.startsWith("\211HDF"),
      "is an HDF5 file (Keras); load it in Python and save it with safetensors.numpy.save_file"),
  NUMPY(
      start -> start.startsWith("\223NUMPY"),
      "is a NumPy array; save it in Python with safetensors.numpy.save_file({\"name\": array}, file)"),
  TFLITE(
      start -> start.startsWith("TFL3", 4), "is a TensorFlow Lite model, which has no safetensors"),
  // A protocol buffer whose first field is a small version number and whose second is a text.
  ONNX(
      start -> start.matches("(?s)\\x08[\\x01-\\x20]\\x12.*"),
      "is an ONNX model; save its initializers in Python with safetensors.numpy.save_file"),
  PICKLE(
      start -> start.matches("(?s)\\x80[\\x02-\\x05].*"),
      "is a Python pickle, as PyTorch wrote until 1.5; " + ForeignFormat.CONVERT_PYTORCH),
  JSON(
      start -> start.stripLeading().startsWith("{"),
      "is a JSON file; an index of shards must be named *.safetensors.index.json");

  private static final String CONVERT_PYTORCH =
      "convert it in Python: safetensors.torch.save_file(torch.load(file, map_location=\"cpu\","
          + " weights_only=True), \"model.safetensors\")";

  private static final int START_BYTES = 512;

  private final Predicate<String> begins;
  private final String description;

  ForeignFormat(Predicate<String> begins, String description) {
    this.begins = begins;
    this.description = description;
  }

  /** Says what a file is and how to convert it; empty if it is nothing known. */
  static Optional<String> describe(Path path, FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(START_BYTES);
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {
      // Each read moves the buffer's position.
    }
    String start = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
    for (ForeignFormat format : values()) {
      if (format.begins.test(start)) {
        return Optional.of(format == ZIP ? describeArchive(path) : format.description);
      }
    }
    return Optional.empty();
  }

  private static String describeArchive(Path path) {
    try (ZipFile archive = new ZipFile(path.toFile())) {
      if (archive.stream().anyMatch(entry -> entry.getName().endsWith("data.pkl"))) {
        return "is a PyTorch checkpoint, a zip archive with a pickle; " + CONVERT_PYTORCH;
      }
      if (archive.getEntry("coefficients.bin") != null) {
        return "is a Deeplearning4j model; load it with ModelSerializer";
      }
      if (archive.stream().anyMatch(entry -> entry.getName().endsWith(".npy"))) {
        return "is an archive of NumPy arrays (npz); convert it in Python:"
            + " safetensors.numpy.save_file(dict(numpy.load(file)), \"model.safetensors\")";
      }
      if (archive.stream().anyMatch(entry -> entry.getName().endsWith(".weights.h5"))) {
        return "is a Keras model; load it in Python and save it with"
            + " safetensors.numpy.save_file";
      }
    } catch (IOException e) {
      return "begins like a zip archive, but is damaged or cut short";
    }
    return ZIP.description;
  }
}
