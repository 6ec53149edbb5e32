package org.tim4j.objective.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.objective.array.Doubles;

/** A reference file in memory: arrays and description, to be written or changed in one place. */
final class TensorFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One array; whole numbers are held as doubles too. */
  record Tensor(String type, long[] shape, double[] values) {}

  final Map<String, Tensor> tensors = new LinkedHashMap<>();
  ObjectNode description = JSON.createObjectNode();

  TensorFile f64(String name, double[] values, long... shape) {
    return put(name, "F64", values, shape);
  }

  TensorFile f64(String name, INDArray values) {
    return put(name, "F64", Doubles.of(values), values.shape());
  }

  TensorFile f32(String name, INDArray values) {
    return put(name, "F32", Doubles.of(values), values.shape());
  }

  TensorFile i64(String name, double[] values, long... shape) {
    return put(name, "I64", values, shape);
  }

  TensorFile number(String name, double value) {
    return f64(name, new double[] {value}, 1);
  }

  private TensorFile put(String name, String type, double[] values, long... shape) {
    tensors.put(name, new Tensor(type, shape.clone(), values.clone()));
    return this;
  }

  static TensorFile read(Path folder, String name) throws IOException {
    TensorFile file = new TensorFile();
    file.description = (ObjectNode) JSON.readTree(folder.resolve(name + ".json").toFile());
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name + ".safetensors")))
            .order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[Math.toIntExact(bytes.getLong())];
    bytes.get(header);
    int start = bytes.position();
    JsonNode entries = JSON.readTree(header);
    for (Map.Entry<String, JsonNode> entry : entries.properties()) {
      if (entry.getKey().equals("__metadata__")) {
        continue;
      }
      JsonNode info = entry.getValue();
      long[] shape = JSON.convertValue(info.get("shape"), long[].class);
      double[] values = new double[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
      bytes.position(start + info.get("data_offsets").get(0).asInt());
      String type = info.get("dtype").asText();
      for (int i = 0; i < values.length; i++) {
        values[i] =
            switch (type) {
              case "F64" -> bytes.getDouble();
              case "F32" -> bytes.getFloat();
              default -> bytes.getLong();
            };
      }
      file.put(entry.getKey(), type, values, shape);
    }
    return file;
  }

  void write(Path folder, String name) throws IOException {
    Files.writeString(folder.resolve(name + ".json"), description.toString());
    ObjectNode entries = JSON.createObjectNode();
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      ObjectNode info = entries.putObject(entry.getKey());
      info.put("dtype", tensor.type()).set("shape", JSON.valueToTree(tensor.shape()));
      long end = offset + (long) tensor.values().length * (tensor.type().equals("F32") ? 4 : 8);
      info.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] header = entries.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + header.length + (int) offset).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header);
    for (Tensor tensor : tensors.values()) {
      for (double value : tensor.values()) {
        switch (tensor.type()) {
          case "F64" -> bytes.putDouble(value);
          case "F32" -> bytes.putFloat((float) value);
          default -> bytes.putLong((long) value);
        }
      }
    }
    Files.write(folder.resolve(name + ".safetensors"), bytes.array());
  }
}
