package org.tim4j.cli.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;
import org.tim4j.arbiter.candidate.TransitionCandidate;
import org.tim4j.arbiter.sweep.Replication;
import org.tim4j.arbiter.sweep.ScoreSummary;
import org.tim4j.arbiter.sweep.Sweep;
import org.tim4j.arbiter.sweep.SweepResult;
import org.tim4j.arbiter.task.StoppingRule;
import org.tim4j.layers.base.InvalidInputException;

/**
 * A sweep in a folder, which goes on after its process has ended, and the trainings with other
 * seeds that tell its noise.
 *
 * @param folder where the journals are
 * @param stopping which candidates are given up
 * @param listeners makes what is told of the candidates of a search, given its name
 */
public record SweepRun(
    Path folder, StoppingRule stopping, Function<String, List<StatusListener>> listeners) {
  private static final int CHECKS = 4;

  /**
   * Searches, from the start or from the journal in the folder.
   *
   * @param resume whether there may be a journal already
   * @throws InvalidInputException if there is one and may not, if it belongs to another sweep, or
   *     if the sweep could not end well
   */
  public SweepResult search(OptimizationConfiguration configuration, boolean resume) {
    Path journal = folder.resolve("journal.jsonl");
    if (Files.exists(journal) && !resume) {
      throw new InvalidInputException(
          folder + " holds a sweep already; give --resume to go on with it, or another --out");
    }
    Sweep.Builder sweep = Sweep.builder(configuration).checks(CHECKS).stopping(stopping);
    listeners.apply("search").forEach(sweep::listener);
    Sweep checked = sweep.journal(journal).build();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InvalidInputException("cannot make the folder " + folder + ": " + e, e);
    }
    return checked.run();
  }

  /** Settings of a sweep and the scores that they have with several seeds. */
  public record Repeated(String name, ScoreSummary scores) {}

  /**
   * Trains the best candidate, the median one and given settings with other seeds.
   *
   * @param plan what was searched
   * @param result of the search; has a candidate that spent its budget
   * @param seeds at least two
   * @return those of which at least two trainings did not fail, the best candidate first
   */
  public List<Repeated> repeat(SweepPlan plan, SweepResult result, List<Integer> seeds) {
    List<Repeated> repeated = new ArrayList<>();
    int best = result.best().orElseThrow().index();
    int median = result.median().orElseThrow().index();
    repeat(
        plan.judged(),
        "best, candidate " + best,
        result.best().orElseThrow().candidate(),
        seeds,
        repeated);
    if (median != best) {
      repeat(
          plan.judged(),
          "median, candidate " + median,
          result.median().orElseThrow().candidate(),
          seeds,
          repeated);
    }
    repeat(plan.judged(), "defaults", plan.defaults(), seeds, repeated);
    return repeated;
  }

  private void repeat(
      OptimizationConfiguration configuration,
      String name,
      TransitionCandidate candidate,
      List<Integer> seeds,
      List<Repeated> repeated) {
    String file = "repeats-" + name.replaceAll("[^a-z0-9]+", "-") + ".jsonl";
    Sweep.Builder sweep =
        Sweep.builder(Replication.of(configuration, candidate, seeds))
            .journal(folder.resolve(file));
    listeners.apply(name).forEach(sweep::listener);
    SweepResult result = sweep.build().run();
    if (result.ranked().stream().filter(r -> r.score() != null).count() > 1) {
      repeated.add(new Repeated(name, ScoreSummary.of(result)));
    }
  }
}
