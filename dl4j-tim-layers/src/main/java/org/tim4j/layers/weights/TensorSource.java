package org.tim4j.layers.weights;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Named tensors that are read when asked for: one safetensors file or the shards of one. */
public interface TensorSource extends AutoCloseable {
  /** The end of the name of a file that tells in which shard each tensor lies. */
  String INDEX_ENDING = ".index.json";

  /**
   * Opens a safetensors file, or all the shards that an index {@code *.safetensors.index.json}
   * names.
   *
   * @throws SafetensorsException if a file cannot be read or breaks the format
   */
  static TensorSource open(Path path) {
    return path.toString().endsWith(INDEX_ENDING)
        ? ShardedTensors.open(path)
        : SafetensorsFile.open(path);
  }

  /** Returns the path as it was given. */
  Path path();

  /** Returns every tensor's description. */
  List<TensorInfo> tensors();

  /** Returns the free-form texts, empty if there are none. */
  Map<String, String> metadata();

  /** Returns whether there is a tensor of that name. */
  boolean contains(String name);

  /**
   * Returns the description of one tensor.
   *
   * @throws SafetensorsException if there is none of that name
   */
  TensorInfo info(String name);

  /**
   * Reads a tensor without loss.
   *
   * @return a new array in row-major order
   * @throws SafetensorsException if there is no such tensor or it cannot be read
   */
  INDArray read(String name);

  @Override
  void close();
}
