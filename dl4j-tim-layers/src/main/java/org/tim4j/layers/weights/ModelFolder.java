package org.tim4j.layers.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.json.StrictJson;

/**
 * A model on disk, by custom a folder {@code model.tim}: {@code config.json} with the network's
 * configuration and the SHA-256 of the other files; {@code weights.safetensors} and, if there is a
 * moving average, {@code ema.safetensors}, both with the authors' names; and, for training to go
 * on, {@code trainer.json} and {@code trainer.safetensors}.
 *
 * <p>It is written by {@link ModelFolderWriter}. A file is compared with its sum before it is used.
 */
public final class ModelFolder {
  static final String STATE_VALUES = "trainer.json";
  static final String STATE_TENSORS = "trainer.safetensors";

  private final Path folder;
  private final FolderManifest manifest;
  private final TimNetworkConfig config;

  private ModelFolder(Path folder, FolderManifest manifest, TimNetworkConfig config) {
    this.folder = folder;
    this.manifest = manifest;
    this.config = config;
  }

  /**
   * Opens a folder and reads its configuration. If a writer was killed in the moment between
   * putting the old folder aside and the new one in its place, the old one is opened.
   *
   * @throws ModelFolderException if there is no model, or one of a later version
   */
  public static ModelFolder open(Path folder) {
    Path previous = Staging.previous(folder);
    Path whole = !Files.exists(folder) && Files.exists(previous) ? previous : folder;
    FolderManifest manifest = FolderManifest.read(whole);
    try {
      TimNetworkConfig config = TimNetworkConfig.fromJson(manifest.network().toString());
      return new ModelFolder(whole, manifest, config);
    } catch (InvalidInputException e) {
      throw new ModelFolderException(
          folder, "config.json holds no usable network: " + e.getMessage(), e);
    }
  }

  /** Returns what the network was made from. */
  public TimNetworkConfig config() {
    return config;
  }

  /** Returns whether there is such a set of weights. */
  public boolean has(WeightSet set) {
    return manifest.lists(set.file());
  }

  /**
   * Returns a new network with one set of weights.
   *
   * @throws ModelFolderException if the set is missing or damaged
   * @throws SafetensorsException if its file breaks the format
   * @throws WeightMismatchException if it belongs to another configuration
   */
  public TimNetwork network(WeightSet set) {
    INDArray parameters = Nd4j.zeros(config.dataType(), config.parameterCount());
    TimNetwork network = TimNetwork.withParameters(config, parameters);
    load(set, network);
    return network;
  }

  /**
   * Copies one set of weights into a network, which may differ from the stored one in data type and
   * runtime. Nothing is changed unless all fits.
   *
   * @throws ModelFolderException if the set is missing or damaged
   * @throws SafetensorsException if its file breaks the format
   * @throws WeightMismatchException if it belongs to another configuration
   */
  public void load(WeightSet set, TimNetwork network) {
    try (SafetensorsFile file = SafetensorsFile.open(manifest.checked(folder, set.file()))) {
      TimWeights.of(network.config()).load(file, network.parameterTable());
    }
  }

  /**
   * Returns what the trainer stored, or nothing if the model was stored without.
   *
   * @throws ModelFolderException if it is damaged
   */
  public Optional<StoredState> trainerState() {
    if (!manifest.lists(STATE_VALUES)) {
      return Optional.empty();
    }
    Path values = manifest.checked(folder, STATE_VALUES);
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    try (SafetensorsFile file = SafetensorsFile.open(manifest.checked(folder, STATE_TENSORS))) {
      file.tensors().forEach(info -> tensors.put(info.name(), file.read(info.name())));
      return Optional.of(
          new StoredState(new StrictJson().parse(STATE_VALUES, Files.readString(values)), tensors));
    } catch (IOException e) {
      throw new ModelFolderException(folder, STATE_VALUES + " cannot be read: " + e, e);
    }
  }
}
