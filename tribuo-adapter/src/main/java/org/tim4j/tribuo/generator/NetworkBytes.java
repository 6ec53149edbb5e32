package org.tim4j.tribuo.generator;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.TimException;
import org.tim4j.layers.weights.SafetensorsFile;
import org.tim4j.layers.weights.SafetensorsWriter;

/** Parameters of a network as the bytes of a safetensors file, one tensor a parameter. */
final class NetworkBytes {
  private NetworkBytes() {}

  static ByteString of(TimNetwork network) {
    return withTemporaryFile(
        file -> {
          SafetensorsWriter writer = new SafetensorsWriter();
          network.graph().paramTable().forEach(writer::tensor);
          writer.write(file);
          try (InputStream stream = Files.newInputStream(file)) {
            return ByteString.readFrom(stream);
          }
        });
  }

  /**
   * Returns the network with these parameters.
   *
   * @throws IllegalStateException if the file is damaged or is not of such a network
   */
  static TimNetwork read(TimNetworkConfig config, ByteString weights) {
    return withTemporaryFile(
        file -> {
          Files.write(file, weights.toByteArray());
          TimNetwork network = TimNetwork.create(config, 0);
          try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            fill(network.graph().paramTable(), tensors);
          } catch (TimException e) {
            throw new IllegalStateException(
                "Invalid protobuf, the network's weights cannot be read: " + e.getMessage(), e);
          }
          return network;
        });
  }

  private static void fill(Map<String, INDArray> parameters, SafetensorsFile tensors) {
    if (tensors.tensors().size() != parameters.size()) {
      throw new IllegalStateException(
          "Invalid protobuf, expected "
              + parameters.size()
              + " parameters, found "
              + tensors.tensors().size());
    }
    parameters.forEach(
        (name, values) -> {
          INDArray stored = tensors.read(name, values.dataType());
          if (!stored.equalShapes(values)) {
            throw new IllegalStateException(
                "Invalid protobuf, the parameter '" + name + "' has another shape");
          }
          values.assign(stored);
        });
  }

  private interface FileUse<R> {
    R with(Path file) throws IOException;
  }

  private static <R> R withTemporaryFile(FileUse<R> use) {
    try {
      Path file = Files.createTempFile("network", ".safetensors");
      try {
        return use.with(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A temporary file could not be used", e);
    }
  }
}
