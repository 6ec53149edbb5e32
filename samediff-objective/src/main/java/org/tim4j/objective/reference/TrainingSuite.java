package org.tim4j.objective.reference;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.reference.CaseResult;
import org.tim4j.layers.reference.ReferenceFile;
import org.tim4j.layers.reference.ReferenceFolder;
import org.tim4j.layers.reference.ReferenceNetwork;
import org.tim4j.layers.reference.ReferenceSuite;
import org.tim4j.layers.weights.TensorType;
import org.tim4j.objective.loss.DirectionalPart;
import org.tim4j.objective.training.DerivativeSettings;

/**
 * One training step in double precision: derivatives, target, loss, guided target and the gradient
 * of every parameter.
 *
 * @param name for example {@code train_otfm}
 */
public record TrainingSuite(String name) implements ReferenceSuite {
  private static final String GRADIENTS = ".grads";

  /** The network that is trained and sampled. */
  static final String WEIGHTS = "train_net.weights";

  /** Returns the steps of a folder, at least one name, so that their absence is noticed. */
  public static List<String> names(ReferenceFolder folder) {
    List<String> names =
        folder.family("train_", GRADIENTS, "").stream()
            .filter(name -> !name.equals(WEIGHTS) && !name.endsWith(GRADIENTS))
            .toList();
    return names.isEmpty() ? List.of("train_*") : names;
  }

  @Override
  public List<String> files() {
    return List.of(name, name + GRADIENTS, WEIGHTS);
  }

  @Override
  public List<CaseResult> run(ReferenceFolder folder) {
    try (ReferenceFile file = folder.open(name, TensorType.F64);
        ReferenceFile gradients = folder.open(name + GRADIENTS, TensorType.F64);
        ReferenceFile weights = folder.open(WEIGHTS, TensorType.F64)) {
      ReferenceNetwork.requireSame(file, weights);
      ReferenceNetwork.requireSame(gradients, weights);
      TimNetwork network = ReferenceNetwork.load(weights, DataType.DOUBLE, TimRuntime.SAMEDIFF);
      TrainingStep step = TrainingStep.of(file, network);
      List<CaseResult> results = new ArrayList<>();
      results.add(step.prediction());
      results.addAll(step.derivatives());
      for (DerivativeSettings.Method method : DerivativeSettings.Method.values()) {
        for (DirectionalPart part : List.of(DirectionalPart.CHANNELS, DirectionalPart.NONE)) {
          results.add(step.loss(method, part));
        }
      }
      results.add(step.gradient(gradients));
      if (file.hasAny("enh/")) {
        results.add(step.guided());
      }
      file.requireAllRead();
      gradients.requireAllRead();
      return results;
    }
  }
}
