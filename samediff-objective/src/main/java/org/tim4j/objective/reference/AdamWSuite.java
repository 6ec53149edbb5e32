package org.tim4j.objective.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.reference.CaseResult;
import org.tim4j.layers.reference.Comparison;
import org.tim4j.layers.reference.Precision;
import org.tim4j.layers.reference.ReferenceFile;
import org.tim4j.layers.reference.ReferenceFolder;
import org.tim4j.layers.reference.ReferenceNetwork;
import org.tim4j.layers.reference.ReferenceSuite;
import org.tim4j.layers.weights.TensorType;

/**
 * Some steps of the whole trainer: losses, clipping, AdamW and the moving averages.
 *
 * @param averages names of the files of moving averages, such as {@code adamw.ema0.9}
 */
public record AdamWSuite(List<String> averages) implements ReferenceSuite {
  private static final String FILE = "adamw";
  private static final String PARAMETERS = "adamw.params";

  /** The beginning of the names of moving averages. */
  static final String AVERAGE = "adamw.ema";

  /** Differences are small and stored in single precision. */
  private static final double STORED_SINGLE = 1e-6;

  @Override
  public List<String> files() {
    List<String> files = new ArrayList<>(List.of(FILE, PARAMETERS));
    files.addAll(averages);
    files.add(TrainingSuite.WEIGHTS);
    return files;
  }

  @Override
  public List<CaseResult> run(ReferenceFolder folder) {
    List<CaseResult> results = new ArrayList<>();
    List<MovingAverage> all = averages.stream().map(MovingAverage::named).toList();
    try (ReferenceFile file = folder.open(FILE, TensorType.F64);
        ReferenceFile parameters = folder.open(PARAMETERS, TensorType.F64);
        ReferenceFile weights = folder.open(TrainingSuite.WEIGHTS, TensorType.F64)) {
      ReferenceNetwork.requireSame(file, weights);
      ReferenceNetwork.requireSame(parameters, weights);
      requireDecays(file, all);
      for (MovingAverage average : all) {
        TrainingRun run = new TrainingRun(file, weights, average.decay());
        List<CaseResult> steps = run.steps();
        if (results.isEmpty()) {
          results.addAll(steps);
          results.add(whole(parameters, run, run.network().parameters()));
        }
        results.add(average(folder, average, run));
      }
      file.requireAllRead();
      parameters.requireAllRead();
    }
    return results;
  }

  private static void requireDecays(ReferenceFile file, List<MovingAverage> averages) {
    double[] told = file.description().object("optimizer").numbers("ema_decays");
    double[] stored = averages.stream().mapToDouble(MovingAverage::decay).toArray();
    Arrays.sort(told);
    Arrays.sort(stored);
    if (told.length == 0 || !Arrays.equals(told, stored)) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%s tells of moving averages with the decays %s, but there are files for %s",
              FILE,
              Arrays.toString(told),
              Arrays.toString(stored)));
    }
  }

  private static CaseResult average(
      ReferenceFolder folder, MovingAverage average, TrainingRun run) {
    TensorType stored = average.fromStart() ? TensorType.F32 : TensorType.F64;
    try (ReferenceFile expected = folder.open(average.file(), stored)) {
      return average.fromStart()
          ? some(expected, run, run.average().sub(run.start()))
          : whole(expected, run, run.average());
    }
  }

  /** Compares every parameter of the network. */
  private static CaseResult whole(ReferenceFile expected, TrainingRun run, INDArray flat) {
    Comparison result = new Comparison(expected.name(), run.title(), Precision.DOUBLE);
    ReferenceNetwork.official(run.network(), flat)
        .forEach(
            (key, values) -> result.compare(key, expected.doubles(key, values.shape()), values));
    expected.requireAllRead();
    return result.result();
  }

  /** Compares the parameters that a file holds, differences stored in single precision. */
  private static CaseResult some(ReferenceFile expected, TrainingRun run, INDArray flat) {
    Comparison result =
        new Comparison(expected.name(), run.title(), Precision.DOUBLE, STORED_SINGLE);
    ReferenceNetwork.official(run.network(), flat)
        .forEach(
            (key, values) -> {
              if (expected.has(key)) {
                result.compare(key, expected.doubles(key, values.shape()), values);
              }
            });
    expected.requireAllRead();
    return result.result();
  }

  /**
   * One file of a moving average.
   *
   * @param file its name
   * @param decay of the average
   * @param fromStart whether it holds the difference from the first weights, for some parameters
   */
  private record MovingAverage(String file, double decay, boolean fromStart) {
    private static final Pattern NAME = Pattern.compile("adamw\\.ema(\\d*\\.?\\d+)(_minus_init)?");

    static MovingAverage named(String file) {
      Matcher name = NAME.matcher(file);
      if (!name.matches()) {
        throw new InvalidInputException(
            file + " is no moving average; such files are named adamw.emaDECAY");
      }
      return new MovingAverage(file, Double.parseDouble(name.group(1)), name.group(2) != null);
    }
  }
}
