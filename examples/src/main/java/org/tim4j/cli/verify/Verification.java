package org.tim4j.cli.verify;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import org.tim4j.layers.base.TimException;

/**
 * Outcome of all checks over a folder.
 *
 * @param cases every case compared, and a failed one for each file that is missing or damaged
 * @param notCovered files of the folder that no check reads
 */
public record Verification(List<CaseResult> cases, List<String> notCovered) {
  /** The activations of network C are large, so that single precision leaves fewer digits. */
  private static final double HARD_TOLERANCE = 5e-5;

  private static final List<GoldenCheck> CHECKS =
      List.of(
          new TransportsCheck(),
          new TimeSamplingCheck(),
          new WeightsCheck(),
          new ModulesCheck(),
          new NetworkCheck("net_A"),
          new NetworkCheck("net_B"),
          new NetworkCheck("net_C", HARD_TOLERANCE),
          new NetworkCheck("net_D"),
          new NetworkCheck("net_E"),
          new NetworkCheck("net_F"),
          new NetworkCheck("net_t2i"),
          new TrainingCheck("train_otfm"),
          new TrainingCheck("train_trigflow"),
          new SamplerCheck(),
          new AdamWCheck());

  /** Runs every check. */
  public static Verification of(GoldenFolder golden) {
    List<CaseResult> cases = new ArrayList<>();
    List<String> notCovered = new ArrayList<>(golden.names());
    for (GoldenCheck check : CHECKS) {
      notCovered.removeAll(check.files());
      cases.addAll(run(check, golden));
    }
    return new Verification(cases, notCovered);
  }

  private static List<CaseResult> run(GoldenCheck check, GoldenFolder golden) {
    List<CaseResult> missing =
        check.files().stream()
            .filter(file -> !golden.has(file))
            .map(
                file -> CaseResult.failure(file, "missing: both .safetensors and .json are needed"))
            .toList();
    if (!missing.isEmpty()) {
      return missing;
    }
    try {
      return check.run(golden);
    } catch (TimException e) {
      return List.of(CaseResult.failure(check.files().get(0), e.getMessage()));
    }
  }

  /** Whether every case passed. */
  @JsonProperty
  public boolean passed() {
    return cases.stream().allMatch(CaseResult::passed);
  }
}
