package org.tim4j.cli;

import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.runtime.ProcessThreads;
import picocli.CommandLine.Option;

/** The option {@code --threads}. */
final class ThreadsOption {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with; as many as there are processors by default.")
  private Integer threads;

  /**
   * Sets the threads for fused networks. Call it before the first network is made.
   *
   * @throws InvalidInputException if the number is below 1
   */
  void apply() {
    if (count() < 1) {
      throw new InvalidInputException("--threads is " + threads + "; give at least 1");
    }
    ProcessThreads.set(count(), TimRuntime.FUSED);
  }

  /** Gives ND4J's own operations all threads if they compute the network. */
  void adaptTo(TimRuntime runtime) {
    ProcessThreads.set(count(), runtime);
  }

  /** The number that was asked for, or null. */
  Integer given() {
    return threads;
  }

  /** Number of threads in use. */
  int count() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
