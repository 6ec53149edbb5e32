package org.tim4j.cli.bench;

import java.util.Locale;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.tim4j.layers.base.TimRuntime;

/**
 * What a benchmark measured.
 *
 * @param mode which work was timed
 * @param runtime what computed the network
 * @param threads number of threads
 * @param parameters parameters of the network
 * @param iterations timed repetitions
 * @param secondsMin fastest repetition
 * @param secondsMedian median repetition
 * @param secondsMax slowest repetition
 * @param imagesPerSecond images of a batch by the median
 * @param gigaflops operations of matrix products in one repetition, in 10⁹
 * @param gigaflopsPerSecond the same by the median
 * @param matrixGigaflopsPerSecond what large matrix products reach on this machine, by the median
 * @param matrixShare share of that speed that the work reaches
 * @param peakResidentMiB largest resident memory of the process; null where the system does not
 *     tell
 */
public record BenchmarkReport(
    Benchmark.Mode mode,
    TimRuntime runtime,
    int threads,
    long parameters,
    int iterations,
    double secondsMin,
    double secondsMedian,
    double secondsMax,
    double imagesPerSecond,
    double gigaflops,
    double gigaflopsPerSecond,
    double matrixGigaflopsPerSecond,
    double matrixShare,
    Double peakResidentMiB) {
  private static final double GIGA = 1e9;

  /**
   * Makes the report.
   *
   * @param seconds duration of each repetition, ascending
   * @param matrixSpeed operations a second of large matrix products
   * @param peak largest resident memory in MiB; empty where the system does not tell
   */
  static BenchmarkReport of(
      Benchmark benchmark, int threads, double[] seconds, double matrixSpeed, OptionalDouble peak) {
    double median = new Median().evaluate(seconds);
    double speed = benchmark.operations() / median;
    return new BenchmarkReport(
        benchmark.mode(),
        benchmark.network().runtime(),
        threads,
        benchmark.network().parameterCount(),
        seconds.length,
        seconds[0],
        median,
        seconds[seconds.length - 1],
        benchmark.training().batchSize() / median,
        benchmark.operations() / GIGA,
        speed / GIGA,
        matrixSpeed / GIGA,
        speed / matrixSpeed,
        peak.isPresent() ? peak.getAsDouble() : null);
  }

  /** The report as lines of text. */
  public String text() {
    return String.format(
        Locale.ROOT,
        """
        %s, %s runtime, %d thread(s), %,d parameters
        seconds      median %.4f, min %.4f, max %.4f of %d
        images/s     %.1f
        GFLOP/s      %.1f (%.2f GFLOP), %.0f %% of the %.1f of matrix products
        peak memory  %s
        """,
        mode.name().toLowerCase(Locale.ROOT),
        runtime.name().toLowerCase(Locale.ROOT),
        threads,
        parameters,
        secondsMedian,
        secondsMin,
        secondsMax,
        iterations,
        imagesPerSecond,
        gigaflopsPerSecond,
        gigaflops,
        100 * matrixShare,
        matrixGigaflopsPerSecond,
        peakResidentMiB == null
            ? "unknown"
            : String.format(Locale.ROOT, "%.0f MiB", peakResidentMiB));
  }
}
