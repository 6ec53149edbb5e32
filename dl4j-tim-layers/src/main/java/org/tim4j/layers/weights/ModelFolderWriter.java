package org.tim4j.layers.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.TimNetwork;

/**
 * Writes a network as a {@link ModelFolder}.
 *
 * <p>The folder is made beside the target and takes its place by renaming, so that a process that
 * is killed at any moment leaves a whole model behind.
 */
public final class ModelFolderWriter {
  private static final JsonMapper JSON = new JsonMapper();

  private final TimNetwork network;
  private final Map<WeightSet, INDArray> weights = new LinkedHashMap<>();
  private StoredState trainerState;

  /** Starts with the network's configuration and present parameters. */
  public ModelFolderWriter(TimNetwork network) {
    this.network = network;
    weights.put(WeightSet.TRAINED, network.parameters());
  }

  /** Adds the moving average of the parameters, laid out as {@link TimNetwork#parameters()}. */
  public ModelFolderWriter average(INDArray flat) {
    weights.put(WeightSet.AVERAGE, flat);
    return this;
  }

  /** Adds what a trainer needs to go on. */
  public ModelFolderWriter trainerState(StoredState state) {
    trainerState = state;
    return this;
  }

  /**
   * Writes the folder, replacing a model that is there.
   *
   * @throws ModelFolderException if it cannot be written, or something else than a model is there;
   *     the target is then untouched
   * @throws SafetensorsException if a file of it cannot be written; likewise
   */
  public void write(Path folder) {
    TimWeights names = TimWeights.of(network.config());
    Map<String, FolderFiles.Content> files = new LinkedHashMap<>();
    weights.forEach(
        (set, flat) -> {
          Map<String, INDArray> parameters = ParameterViews.of(network, flat);
          files.put(set.file(), path -> names.save(path, parameters));
        });
    if (trainerState != null) {
      files.put(
          ModelFolder.STATE_VALUES,
          path -> DurableFile.write(path, JSON.writeValueAsBytes(trainerState.values())));
      files.put(ModelFolder.STATE_TENSORS, this::writeStateTensors);
    }
    FolderFiles.write(folder, configuration(), files);
  }

  private void writeStateTensors(Path path) {
    SafetensorsWriter writer = new SafetensorsWriter();
    trainerState.tensors().forEach(writer::tensor);
    writer.write(path);
  }

  private JsonNode configuration() {
    try {
      return JSON.readTree(network.config().toJson());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a configuration is no JSON", e);
    }
  }
}
