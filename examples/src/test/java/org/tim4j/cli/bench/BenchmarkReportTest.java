package org.tim4j.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tim4j.layers.Condition;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.objective.image.ImageShape;
import org.tim4j.objective.training.TrainingConfig;

class BenchmarkReportTest {
  private static Benchmark benchmark(Benchmark.Mode mode, int iterations) {
    TimNetworkConfig network =
        TimNetworkConfig.builder()
            .channels(1)
            .patch(2)
            .hidden(8)
            .depth(1)
            .heads(2)
            .condition(new Condition.Classes(10, true))
            .runtime(TimRuntime.FUSED)
            .build();
    TrainingConfig training = TrainingConfig.builder().batchSize(4).build();
    return new Benchmark(mode, network, training, new ImageShape(1, 4, 4), iterations);
  }

  @Test
  void figuresFollowFromTheTimes() {
    Benchmark benchmark = benchmark(Benchmark.Mode.FORWARD, 4);
    BenchmarkReport report =
        BenchmarkReport.of(
            benchmark, 2, new double[] {0.1, 0.2, 0.3, 0.9}, 1e9, OptionalDouble.of(7));
    assertEquals(0.25, report.secondsMedian(), 1e-12);
    assertEquals(0.1, report.secondsMin());
    assertEquals(0.9, report.secondsMax());
    assertEquals(16, report.imagesPerSecond(), 1e-9);
    double flops = 4.0 * new FlopCount(benchmark.network(), 4, 4).forward();
    assertEquals(flops * 1e-9, report.gigaflops(), 1e-12);
    assertEquals(flops / 0.25 * 1e-9, report.matrixShare(), 1e-12);
    assertEquals(7, report.peakResidentMiB());
    assertTrue(report.text().startsWith("forward, fused runtime, 2 thread(s)"));
  }

  @ParameterizedTest
  @EnumSource(Benchmark.Mode.class)
  void everyModeDoesItsWork(Benchmark.Mode mode) {
    Runnable work = Workload.of(benchmark(mode, 1));
    work.run();
    work.run();
  }

  @Test
  void impossibleBenchmarksAreRefused() {
    assertThrows(InvalidInputException.class, () -> benchmark(Benchmark.Mode.TRAIN, 0));
    Benchmark good = benchmark(Benchmark.Mode.TRAIN, 1);
    assertThrows(
        InvalidInputException.class,
        () ->
            new Benchmark(
                good.mode(), good.network(), good.training(), new ImageShape(1, 5, 4), 1));
  }
}
