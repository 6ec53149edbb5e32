package org.tim4j.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.weights.SafetensorsFile;
import org.tim4j.layers.weights.TensorInfo;

/** One reference file: named arrays and their description. */
final class GoldenFile implements AutoCloseable {
  private final String name;
  private final SafetensorsFile tensors;
  private final JsonNode json;

  GoldenFile(String name, Path file, JsonNode json) {
    this.name = name;
    this.tensors = SafetensorsFile.open(file);
    this.json = json;
  }

  String name() {
    return name;
  }

  JsonNode json() {
    return json;
  }

  SafetensorsFile tensors() {
    return tensors;
  }

  List<String> keys() {
    return tensors.tensors().stream().map(TensorInfo::name).toList();
  }

  boolean has(String key) {
    return tensors.contains(key);
  }

  double[] doubles(String key) {
    return tensors.doubles(key);
  }

  double scalar(String key) {
    return tensors.doubles(key)[0];
  }

  int integer(String key) {
    return Math.toIntExact(tensors.longs(key)[0]);
  }

  /** An array in its own shape and the given type. */
  INDArray array(String key, DataType type) {
    return tensors.read(key, type);
  }

  /** An array of rank 1 as a column, {@code [n, 1]}. */
  INDArray column(String key, DataType type) {
    INDArray values = array(key, type);
    return values.reshape(values.length(), 1);
  }

  @Override
  public void close() {
    tensors.close();
  }
}
