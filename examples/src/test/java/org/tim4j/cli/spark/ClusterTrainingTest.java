package org.tim4j.cli.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tim4j.cli.data.ImageSource;
import org.tim4j.cli.data.TrainTest;
import org.tim4j.cli.evaluate.Evaluator;
import org.tim4j.layers.TimNetwork;
import org.tim4j.objective.image.ImageDescription;
import org.tim4j.objective.model.ImageSampler;
import org.tim4j.objective.spark.Averaging;
import org.tim4j.objective.spark.SparkEngine;
import org.tim4j.objective.spark.SparkMaster;
import org.tim4j.objective.spark.SparkPlatform;
import org.tim4j.objective.training.AdamWSettings;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.InMemoryData;
import org.tim4j.objective.training.RunSettings;
import org.tim4j.objective.training.StepReport;
import org.tim4j.objective.training.TrainerState;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TrainingEngine;
import org.tim4j.objective.training.TrainingListener;
import org.tim4j.objective.training.TrainingProgress;

/**
 * Digits on a standalone cluster: a master and two workers, each a process of its own. Run by
 * {@code mvn -Pcluster}.
 */
@Tag("cluster")
class ClusterTrainingTest {
  private static final Averaging TWO = new Averaging(2, 10);
  private static final Map<String, String> SPARK =
      Map.of(
          "spark.jars", "",
          "spark.ui.enabled", "false",
          "spark.driver.host", "127.0.0.1",
          "spark.driver.bindAddress", "127.0.0.1",
          "spark.executor.memory", "1g",
          // Busy machines answer late.
          "spark.network.timeout", "600s",
          "spark.executor.heartbeatInterval", "20s",
          "spark.executor.extraClassPath", StandaloneCluster.executorClassPath());

  private final TrainTest digits = ImageSource.parse("digits").load();
  private final ImageDescription description = ImageDescription.of("digits", digits.train());

  @BeforeEach
  void set() {
    int java = Runtime.version().feature();
    assumeTrue(SparkPlatform.supports(java), "Spark 3.5 does not run on Java " + java);
    SPARK.forEach(System::setProperty);
  }

  @AfterEach
  void clear() {
    SPARK.keySet().forEach(System::clearProperty);
  }

  /** What the command line trains digits with. */
  private RunSettings settings(int steps, long seed) {
    RunSettings defaults = RunSettings.forImages(description.shape(), 10);
    TrainingConfig training = defaults.training().toBuilder().steps(steps).seed(seed).build();
    return new RunSettings(defaults.network(), training);
  }

  private TrainingProgress train(
      TrainingEngine engine, RunSettings settings, TrainingListener... listeners) {
    TimNetwork network = TimNetwork.create(settings.network(), settings.training().seed());
    TrainerState state = TrainerState.initial(network);
    TrainingProgress[] run = new TrainingProgress[1];
    TrainingListener remember =
        new TrainingListener() {
          @Override
          public void trainingEnded(TrainingProgress ended) {
            run[0] = ended;
          }
        };
    engine.train(
        network,
        state,
        settings.training(),
        new InMemoryData(Examples.of(digits.train())),
        IntStream.rangeClosed(0, listeners.length)
            .mapToObj(i -> i == 0 ? remember : listeners[i - 1])
            .toList());
    return run[0];
  }

  private double frechet(TrainingProgress run) {
    int[] classes = IntStream.range(0, 1800).map(i -> i % 10).toArray();
    return new Evaluator(digits)
        .figures(
            4,
            new ImageSampler(run.averageNetwork(), run.config().transport(), description)
                .sample(classes, 4, 1, 1),
            1)
        .frechet();
  }

  @Test
  void aKilledExecutorCostsNothingButTime(@TempDir Path home) throws Exception {
    RunSettings settings = settings(50, 1);
    AtomicBoolean killed = new AtomicBoolean();
    try (StandaloneCluster cluster = StandaloneCluster.start(home, 2)) {
      SparkMaster master = new SparkMaster(cluster.url());
      TrainingProgress whole = train(new SparkEngine(master, TWO, 1), settings);
      TrainingProgress disturbed =
          train(
              new SparkEngine(master, TWO, 1),
              settings,
              new TrainingListener() {
                @Override
                public void stepDone(TrainingProgress run, StepReport report) {
                  if (report.step() == 25 && !killed.getAndSet(true)) {
                    cluster.killAnExecutor();
                  }
                }
              });
      assertTrue(killed.get());
      assertEquals(50, disturbed.stepsMade());
      assertArrayEquals(
          whole.network().parameters().toFloatVector(),
          disturbed.network().parameters().toFloatVector());
      assertArrayEquals(
          whole.state().average().toFloatVector(), disturbed.state().average().toFloatVector());
    }
  }

  /**
   * AdamW divides by the size of the gradients, in which the noise of half a batch is √2 times as
   * large: without this factor two workers learn as slowly as with a learning rate of 1/√2.
   */
  private static RunSettings forTwoWorkers(RunSettings settings) {
    TrainingConfig training = settings.training();
    AdamWSettings optimizer = training.optimizer();
    return new RunSettings(
        settings.network(),
        training.toBuilder()
            .optimizer(optimizer.withLearningRate(optimizer.learningRate() * Math.sqrt(2)))
            .build());
  }

  /** Three seeds each way; the means differ by no more than two standard errors. */
  @Test
  void digitsReachTheFiguresOfASingleProcess(@TempDir Path home) throws Exception {
    SummaryStatistics alone = new SummaryStatistics();
    SummaryStatistics shared = new SummaryStatistics();
    try (StandaloneCluster cluster = StandaloneCluster.start(home, 2)) {
      SparkMaster master = new SparkMaster(cluster.url());
      for (long seed : List.of(1L, 2L, 3L)) {
        RunSettings settings = settings(500, seed);
        double one = frechet(train(TrainingEngine.LOCAL, settings));
        double two = frechet(train(new SparkEngine(master, TWO, 1), forTwoWorkers(settings)));
        System.err.printf("seed %d: one process %.3f, two workers %.3f%n", seed, one, two);
        alone.addValue(one);
        shared.addValue(two);
      }
    }
    double noise = Math.sqrt((alone.getVariance() + shared.getVariance()) / 3);
    String all =
        "one process %.3f ± %.3f, two workers %.3f ± %.3f"
            .formatted(
                alone.getMean(),
                alone.getStandardDeviation(),
                shared.getMean(),
                shared.getStandardDeviation());
    System.err.println(all);
    assertEquals(alone.getMean(), shared.getMean(), 2 * noise, all);
  }
}
