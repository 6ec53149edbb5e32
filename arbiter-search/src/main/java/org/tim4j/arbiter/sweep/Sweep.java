package org.tim4j.arbiter.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.arbiter.optimize.api.termination.TerminationCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.runner.LocalOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;
import org.tim4j.arbiter.journal.Journal;
import org.tim4j.arbiter.journal.RunLog;
import org.tim4j.arbiter.task.StoppingRule;
import org.tim4j.arbiter.task.TaskOptions;
import org.tim4j.arbiter.task.TransitionTaskCreator;
import org.tim4j.layers.base.Require;

/**
 * One search, from Arbiter's configuration to its result.
 *
 * <p>The configuration's generator serves one run: make a new one, or read the configuration again
 * from its JSON, for the next. With a journal, a sweep that was cut off goes on where it was: give
 * the same configuration and the same file. Candidates are trained one after the other, each on all
 * processors, so that every generator is reproducible.
 */
public final class Sweep {
  private final OptimizationConfiguration configuration;
  private final Path journal;
  private final StoppingRule stopping;
  private final int checks;
  private final List<StatusListener> listeners;

  private Sweep(Builder builder) {
    configuration = builder.configuration;
    journal = builder.journal;
    stopping = builder.stopping;
    checks = builder.checks;
    listeners = List.copyOf(builder.listeners);
  }

  /**
   * Starts a sweep of a configuration whose space is a {@code TransitionSpace}.
   *
   * @param configuration with generator, data source, score and seed; conditions that end it early
   *     are optional
   */
  public static Builder builder(OptimizationConfiguration configuration) {
    return new Builder(configuration);
  }

  /**
   * Searches.
   *
   * @throws org.tim4j.layers.base.InvalidInputException if the journal belongs to another sweep, is
   *     damaged or in use
   */
  public SweepResult run() {
    if (journal == null) {
      return run(new RunLog());
    }
    try (Journal log = Journal.open(journal, SweepDefinition.of(configuration, stopping, checks))) {
      return run(log);
    }
  }

  private SweepResult run(RunLog log) {
    LocalOptimizationRunner runner =
        new LocalOptimizationRunner(
            complete(), new TransitionTaskCreator(new TaskOptions(log, stopping, checks)));
    listeners.forEach(runner::addListeners);
    runner.execute();
    return new SweepResult(log.records());
  }

  /** Makes a configuration that ends, whose generator has the seed: one read from JSON has not. */
  private OptimizationConfiguration complete() {
    List<TerminationCondition> conditions = new ArrayList<>(List.of(new ExhaustedCondition()));
    if (configuration.getTerminationConditions() != null) {
      conditions.addAll(configuration.getTerminationConditions());
    }
    return new OptimizationConfiguration.Builder()
        .candidateGenerator(configuration.getCandidateGenerator())
        .dataSource(configuration.getDataSource(), configuration.getDataSourceProperties())
        .scoreFunction(configuration.getScoreFunction())
        .modelSaver(Objects.requireNonNullElseGet(configuration.getResultSaver(), ScoresOnly::new))
        .terminationConditions(conditions)
        .rngSeed(configuration.getRngSeed())
        .build();
  }

  /** Collects how a configuration is run. */
  public static final class Builder {
    private final OptimizationConfiguration configuration;
    private final List<StatusListener> listeners = new ArrayList<>();
    private Path journal;
    private StoppingRule stopping = new StoppingRule.Never();
    private int checks = 1;

    private Builder(OptimizationConfiguration configuration) {
      this.configuration = Require.present("configuration", configuration);
    }

    /** File that makes the sweep go on after its process has ended; none by default. */
    public Builder journal(Path file) {
      journal = Require.present("journal", file);
      return this;
    }

    /** Gives unpromising candidates up; it takes two {@link #checks} or more. None by default. */
    public Builder stopping(StoppingRule rule) {
      stopping = Require.present("stopping", rule);
      return this;
    }

    /** Scores of each candidate, evenly spread over its training; 1 by default, at its end. */
    public Builder checks(int count) {
      checks = Require.atLeast("checks", count, 1);
      return this;
    }

    /** Adds one that is told of the candidates, Arbiter's user interface for example. */
    public Builder listener(StatusListener listener) {
      listeners.add(Require.present("listener", listener));
      return this;
    }

    /**
     * Returns the sweep.
     *
     * @throws org.tim4j.layers.base.InvalidInputException if the configuration lacks a part, its
     *     space holds candidates that cannot exist, or Arbiter's grid search would miscount it
     */
    public Sweep build() {
      SweepCheck.check(configuration);
      return new Sweep(this);
    }
  }
}
