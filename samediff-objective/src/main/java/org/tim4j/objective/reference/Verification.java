package org.tim4j.objective.reference;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimException;
import org.tim4j.layers.reference.CaseResult;
import org.tim4j.layers.reference.LayerSuite;
import org.tim4j.layers.reference.NetworkSuite;
import org.tim4j.layers.reference.ReferenceFolder;
import org.tim4j.layers.reference.ReferenceSuite;
import org.tim4j.layers.weights.SafetensorsException;

/**
 * Outcome of all cases over a folder of reference files.
 *
 * @param cases every case compared, and a failed one for each file that is missing or damaged
 * @param notCovered files of the folder that no case reads
 */
public record Verification(List<CaseResult> cases, List<String> notCovered) {
  /**
   * Runs every case.
   *
   * @throws TimException if a file does not fit: a name, shape, type or setting is not one of the
   *     format
   */
  public static Verification of(ReferenceFolder folder) {
    List<CaseResult> cases = new ArrayList<>();
    List<String> notCovered = new ArrayList<>(folder.names());
    for (ReferenceSuite suite : suites(folder)) {
      notCovered.removeAll(suite.files());
      cases.addAll(run(suite, folder));
    }
    return new Verification(cases, notCovered);
  }

  /**
   * Returns the suites for the files of a folder. There may be any number of networks and of
   * training steps, but at least one of each.
   */
  static List<ReferenceSuite> suites(ReferenceFolder folder) {
    List<ReferenceSuite> suites =
        new ArrayList<>(
            List.of(
                new TransportSuite(),
                new TimeSamplingSuite(),
                new WeightingSuite(),
                new LayerSuite()));
    NetworkSuite.names(folder).forEach(name -> suites.add(new NetworkSuite(name)));
    TrainingSuite.names(folder).forEach(name -> suites.add(new TrainingSuite(name)));
    suites.add(new SamplerSuite());
    suites.add(new AdamWSuite(folder.family(AdamWSuite.AVERAGE, "")));
    return suites;
  }

  static List<CaseResult> run(ReferenceSuite suite, ReferenceFolder folder) {
    List<CaseResult> missing =
        suite.files().stream()
            .filter(file -> !folder.has(file))
            .map(
                file -> CaseResult.failure(file, "missing: both .safetensors and .json are needed"))
            .toList();
    if (!missing.isEmpty()) {
      return missing;
    }
    String name = suite.files().get(0);
    try {
      return suite.run(folder);
    } catch (SafetensorsException e) {
      return List.of(CaseResult.failure(name, e.getMessage()));
    } catch (TimException e) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "the reference files of %s do not fit: %s",
              name,
              e.getMessage().replaceAll("\\s*\\R\\s*", " ")),
          e);
    }
  }

  /** Whether every case passed. */
  @JsonProperty
  public boolean passed() {
    return cases.stream().allMatch(CaseResult::passed);
  }
}
