package org.tim4j.layers.weights;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;

/**
 * Translates between our parameters and the authors' state dict, in both directions.
 *
 * <p>Parameters are maps from our names, {@code <vertex>.<parameter>}, to arrays. Anything with one
 * number for each parameter can be translated: weights, their moving average, gradients, the
 * moments of an optimiser. Instances are immutable.
 */
public final class TimWeights {
  private static final Logger LOG = LoggerFactory.getLogger(TimWeights.class);

  static final String PROJECTOR_PREFIX = "projector.";

  private final Map<String, long[]> shapes;
  private final List<OfficialTensor> tensors;
  private final boolean projectorIgnored;

  private TimWeights(
      Map<String, long[]> shapes, List<OfficialTensor> tensors, boolean projectorIgnored) {
    this.shapes = shapes;
    this.tensors = tensors;
    this.projectorIgnored = projectorIgnored;
  }

  /** Returns the translation for networks of one configuration. */
  public static TimWeights of(TimNetworkConfig config) {
    Map<String, long[]> shapes = config.parameterShapes();
    List<OfficialTensor> tensors = new ArrayList<>();
    shapes.forEach(
        (name, shape) ->
            tensors.addAll(OfficialNames.of(name, shape, config.channels(), config.patch())));
    return new TimWeights(shapes, List.copyOf(tensors), false);
  }

  /**
   * Returns a translation that leaves out the projector of the representation head, which only
   * training needs: it is not written, ignored where a file has it, and not changed by loading.
   */
  public TimWeights withoutProjector() {
    return new TimWeights(
        shapes, tensors.stream().filter(tensor -> !isProjector(tensor.name())).toList(), true);
  }

  /** Returns the authors' names in the order of our parameters. */
  public List<String> names() {
    return tensors.stream().map(OfficialTensor::name).toList();
  }

  /**
   * Copies a file's values into parameters, converting their type. Nothing is changed unless the
   * whole file fits. A conversion is logged.
   *
   * @param file an open file with the authors' names, or shards
   * @param parameters arrays to overwrite, by our names
   * @return how many tensors of which type were converted
   * @throws WeightMismatchException if the file's names or shapes are not those of the network
   * @throws InvalidInputException if {@code parameters} are not those of the network
   */
  public WeightConversion load(TensorSource file, Map<String, INDArray> parameters) {
    checkParameters(parameters);
    checkFits(file);
    WeightConversion conversion = new WeightConversion(file.path());
    for (OfficialTensor tensor : tensors) {
      INDArray parameter = parameters.get(tensor.parameter());
      try (INDArray values = file.read(tensor.name())) {
        tensor.load(values, parameter);
      }
      conversion.count(file.info(tensor.name()).type(), parameter.dataType());
    }
    if (!conversion.isEmpty()) {
      LOG.info("{}", conversion);
    }
    return conversion;
  }

  /**
   * Checks that a file has exactly the tensors of this network.
   *
   * @throws WeightMismatchException with every difference if it has not
   */
  public void checkFits(TensorSource file) {
    List<String> missing = new ArrayList<>();
    List<String> misshaped = new ArrayList<>();
    for (OfficialTensor tensor : tensors) {
      if (!file.contains(tensor.name())) {
        missing.add(tensor.name());
      } else if (!file.info(tensor.name()).type().isFloatingPoint()
          || !tensor.hasShape(file.info(tensor.name()))) {
        misshaped.add(file.info(tensor.name()) + ", expected " + Arrays.toString(tensor.shape()));
      }
    }
    Set<String> known = tensors.stream().map(OfficialTensor::name).collect(Collectors.toSet());
    List<String> unexpected =
        file.tensors().stream()
            .map(TensorInfo::name)
            .filter(name -> !known.contains(name))
            .filter(name -> !(projectorIgnored && isProjector(name)))
            .toList();
    if (!missing.isEmpty() || !unexpected.isEmpty() || !misshaped.isEmpty()) {
      throw new WeightMismatchException(file.path(), missing, unexpected, misshaped);
    }
  }

  /**
   * Returns copies of parameters under the authors' names and in the authors' shapes.
   *
   * @param parameters by our names
   * @throws InvalidInputException if they are not those of the network
   */
  public Map<String, INDArray> toOfficial(Map<String, INDArray> parameters) {
    checkParameters(parameters);
    Map<String, INDArray> official = new LinkedHashMap<>();
    for (OfficialTensor tensor : tensors) {
      official.put(tensor.name(), tensor.extract(parameters.get(tensor.parameter())));
    }
    return official;
  }

  /**
   * Writes parameters under the authors' names, as F64 if they are DOUBLE and as F32 if FLOAT.
   *
   * @param path file to write; replaced if it is there
   * @param parameters by our names
   * @throws InvalidInputException if they are not those of the network
   * @throws SafetensorsException if the file cannot be written; an old one is then untouched
   */
  public void save(Path path, Map<String, INDArray> parameters) {
    save(path, parameters, TimWeights::exactType);
  }

  /**
   * Writes parameters under the authors' names as F16, which takes half the space and rounds to 11
   * bits.
   *
   * @param path file to write; replaced if it is there
   * @param parameters by our names, FLOAT
   * @throws InvalidInputException if they are not those of the network, of another type or too
   *     large for F16
   * @throws SafetensorsException if the file cannot be written; an old one is then untouched
   */
  public void saveHalfPrecision(Path path, Map<String, INDArray> parameters) {
    save(path, parameters, parameter -> TensorType.F16);
  }

  private static TensorType exactType(INDArray parameter) {
    return parameter.dataType() == DataType.DOUBLE ? TensorType.F64 : TensorType.F32;
  }

  private void save(
      Path path, Map<String, INDArray> parameters, Function<INDArray, TensorType> stored) {
    checkParameters(parameters);
    // PyTorch loaders of the field look for this entry.
    SafetensorsWriter writer = new SafetensorsWriter().metadata("format", "pt");
    for (OfficialTensor tensor : tensors) {
      INDArray parameter = parameters.get(tensor.parameter());
      writer.tensor(tensor.info(stored.apply(parameter)), () -> tensor.extract(parameter));
    }
    writer.write(path);
  }

  private void checkParameters(Map<String, INDArray> parameters) {
    if (!parameters.keySet().equals(shapes.keySet())) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "parameters are named %s, but the network has %s",
              parameters.keySet(),
              shapes.keySet()));
    }
    parameters.forEach(
        (name, array) -> {
          if (!Arrays.equals(array.shape(), shapes.get(name))) {
            throw new InvalidInputException(
                String.format(
                    Locale.ROOT,
                    "parameter %s has the shape %s, but the network's has %s",
                    name,
                    Arrays.toString(array.shape()),
                    Arrays.toString(shapes.get(name))));
          }
        });
  }

  private static boolean isProjector(String officialName) {
    return officialName.startsWith(PROJECTOR_PREFIX);
  }
}
