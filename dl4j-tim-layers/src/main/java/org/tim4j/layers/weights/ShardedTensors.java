package org.tim4j.layers.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model in several safetensors files, read as one by the index beside them: a JSON object whose
 * {@code weight_map} gives the file of each tensor.
 */
final class ShardedTensors implements TensorSource {
  private final Path index;
  private final Map<String, SafetensorsFile> shards;
  private final Map<String, SafetensorsFile> shardOfTensor;

  private ShardedTensors(
      Path index, Map<String, SafetensorsFile> shards, Map<String, SafetensorsFile> shardOfTensor) {
    this.index = index;
    this.shards = shards;
    this.shardOfTensor = shardOfTensor;
  }

  static ShardedTensors open(Path index) {
    Map<String, String> weightMap = weightMap(index);
    Map<String, SafetensorsFile> shards = new TreeMap<>();
    ShardedTensors whole = new ShardedTensors(index, shards, new LinkedHashMap<>());
    try {
      for (String file : new TreeMap<>(weightMap).values()) {
        shards.computeIfAbsent(file, name -> SafetensorsFile.open(index.resolveSibling(name)));
      }
      weightMap.forEach((tensor, file) -> whole.put(tensor, shards.get(file)));
      whole.requireNothingElse();
      return whole;
    } catch (RuntimeException e) {
      whole.close();
      throw e;
    }
  }

  private static Map<String, String> weightMap(Path index) {
    JsonNode map;
    try {
      map = new JsonMapper().readTree(index.toFile()).path("weight_map");
    } catch (IOException e) {
      throw new SafetensorsException(index, "cannot be read as an index of shards", e);
    }
    if (!map.isObject() || map.isEmpty()) {
      throw new SafetensorsException(index, "has no weight_map, so it is no index of shards");
    }
    Map<String, String> files = new LinkedHashMap<>();
    map.properties()
        .forEach(
            entry -> {
              String file = entry.getValue().asText();
              // An index names its neighbours, nothing elsewhere on the disk.
              boolean neighbour =
                  entry.getValue().isTextual()
                      && !file.isEmpty()
                      && file.indexOf('/') < 0
                      && file.indexOf('\\') < 0;
              if (!neighbour) {
                throw new SafetensorsException(
                    index,
                    String.format(
                        Locale.ROOT,
                        "puts tensor '%s' into %s, which is no file beside it",
                        entry.getKey(),
                        entry.getValue()));
              }
              files.put(entry.getKey(), file);
            });
    return files;
  }

  private void put(String tensor, SafetensorsFile shard) {
    if (!shard.contains(tensor)) {
      throw new SafetensorsException(
          index, "says that " + shard.path() + " has tensor '" + tensor + "', but it has not");
    }
    shardOfTensor.put(tensor, shard);
  }

  private void requireNothingElse() {
    for (SafetensorsFile shard : shards.values()) {
      for (TensorInfo info : shard.tensors()) {
        if (shardOfTensor.get(info.name()) != shard) {
          throw new SafetensorsException(
              shard.path(), "has tensor '" + info.name() + "', of which the index knows nothing");
        }
      }
    }
  }

  @Override
  public Path path() {
    return index;
  }

  @Override
  public List<TensorInfo> tensors() {
    return shardOfTensor.keySet().stream().map(this::info).toList();
  }

  /** Returns the texts of all shards; those of a later file replace an earlier one's. */
  @Override
  public Map<String, String> metadata() {
    Map<String, String> all = new LinkedHashMap<>();
    shards.values().forEach(shard -> all.putAll(shard.metadata()));
    return all;
  }

  @Override
  public boolean contains(String name) {
    return shardOfTensor.containsKey(name);
  }

  @Override
  public TensorInfo info(String name) {
    return shard(name).info(name);
  }

  @Override
  public INDArray read(String name) {
    return shard(name).read(name);
  }

  private SafetensorsFile shard(String name) {
    SafetensorsFile shard = shardOfTensor.get(name);
    if (shard == null) {
      throw new SafetensorsException(index, "has no tensor '" + name + "'");
    }
    return shard;
  }

  @Override
  public void close() {
    shards.values().forEach(SafetensorsFile::close);
  }
}
