package org.tim4j.objective.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimException;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.objective.array.SampleWise;
import org.tim4j.objective.training.BatchDraw;
import org.tim4j.objective.training.Checkpoint;
import org.tim4j.objective.training.CheckpointListener;
import org.tim4j.objective.training.DivergenceException;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.InMemoryData;
import org.tim4j.objective.training.StepReport;
import org.tim4j.objective.training.TinyRun;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TrainingListener;
import org.tim4j.objective.training.TrainingProgress;
import org.tim4j.objective.training.TransitionGradient;
import org.tim4j.objective.training.TransitionTrainer;

/** Training on {@code local[2]} against training on one machine. */
class TransitionTrainingMasterTest {
  private static JavaSparkContext spark;
  private static InMemoryData data;

  @BeforeAll
  static void start() {
    spark = LocalSpark.start();
    data = TinyRun.data(DataType.FLOAT);
  }

  @AfterAll
  static void stop() {
    if (spark != null) {
      spark.stop();
    }
  }

  private static TransitionTrainingMaster master(TrainingConfig config, Averaging averaging) {
    return new TransitionTrainingMaster(network(), config, averaging);
  }

  private static TimNetwork network() {
    return TimNetwork.create(
        TinyRun.network(DataType.FLOAT).config().toBuilder().runtime(TimRuntime.FUSED).build(), 11);
  }

  private static TransitionTrainer alone(TrainingConfig config) {
    return new TransitionTrainer(network(), config, data, List.of());
  }

  private static TransitionTrainingMaster train(
      TrainingConfig config, Averaging averaging, TrainingListener... listeners) {
    TransitionTrainingMaster master = master(config, averaging);
    new SparkTransitionTrainer(spark, master, data, List.of(listeners)).train();
    return master;
  }

  private static float[] parameters(TrainingProgress run) {
    return run.network().parameters().toFloatVector();
  }

  /** Collects what a listener is told of each step. */
  private static TrainingListener collecting(List<StepReport> into) {
    return new TrainingListener() {
      @Override
      public void stepDone(TrainingProgress run, StepReport report) {
        into.add(report);
      }
    };
  }

  @Test
  void oneWorkerMakesTheStepsOfOneMachine() {
    TrainingConfig config = TinyRun.config().build();
    TransitionTrainer local = alone(config);
    List<StepReport> expected = IntStream.range(0, 6).mapToObj(i -> local.step()).toList();

    List<StepReport> found = new ArrayList<>();
    TransitionTrainingMaster everyStep = train(config, new Averaging(1, 1), collecting(found));
    assertArrayEquals(parameters(local), parameters(everyStep));
    assertArrayEquals(
        local.state().average().toFloatVector(), everyStep.state().average().toFloatVector());
    assertArrayEquals(
        local.state().optimizer().secondMoment().toFloatVector(),
        everyStep.state().optimizer().secondMoment().toFloatVector());
    assertEquals(6, found.size());
    for (int i = 0; i < 6; i++) {
      assertEquals(expected.get(i).withSeconds(0), found.get(i).withSeconds(0));
    }
    assertArrayEquals(parameters(local), parameters(train(config, new Averaging(1, 4))));
  }

  /** The mean of runs by hand, each on its half of every batch, with draws 2·step + worker. */
  @Test
  void twoWorkersGiveTheMeanOfTheirRuns() {
    TrainingConfig config = TinyRun.config().steps(3).build();
    List<float[]> each = new ArrayList<>();
    for (int worker = 0; worker < 2; worker++) {
      TransitionTrainer run = alone(config);
      for (int step = 0; step < 3; step++) {
        Examples all = data.batch(config.seed(), step, config.batchSize());
        int[] rows = IntStream.range(4 * worker, 4 * worker + 4).toArray();
        run.step(
            BatchDraw.of(
                config,
                2L * step + worker,
                new Examples(
                    SampleWise.pick(all.x(), rows), SampleWise.pick(all.condition(), rows)),
                run.network().config().condition()));
      }
      each.add(parameters(run));
    }
    TransitionTrainingMaster master = train(config, new Averaging(2, 3));
    float[] found = parameters(master);
    float[] average = master.state().average().toFloatVector();
    float[] start = network().parameters().toFloatVector();
    double decay = config.average().at(0) * config.average().at(1) * config.average().at(2);
    for (int i = 0; i < found.length; i++) {
      assertEquals((each.get(0)[i] + each.get(1)[i]) / 2, found[i]);
      assertEquals(decay * start[i] + (1 - decay) * found[i], average[i], 1e-6);
    }
    assertEquals(3, master.stepsMade());
    assertEquals(3, master.state().optimizer().updates());
  }

  @Test
  void aSeedRepeatsEveryBit() {
    TrainingConfig config = TinyRun.config().build();
    float[] first = parameters(train(config, new Averaging(2, 3)));
    assertArrayEquals(first, parameters(train(config, new Averaging(2, 3))));
    assertFalse(
        Arrays.equals(
            first, parameters(train(config.toBuilder().seed(6).build(), new Averaging(2, 3)))));
  }

  /** A task that fails after its first step is run again, with the same draws. */
  @Test
  void aLostTaskIsRepeatedToTheBit() {
    TrainingConfig config = TinyRun.config().batchSize(4).build();
    List<org.nd4j.linalg.dataset.api.MultiDataSet> batches = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Examples examples = data.batch(1, i, 2);
      batches.add(new MultiDataSet(examples.x(), examples.condition()));
    }
    float[][] found = new float[2][];
    for (int failures = 0; failures < 2; failures++) {
      int failing = failures;
      TransitionTrainingMaster master = master(config, new Averaging(2, 2));
      SparkComputationGraph graph = master.graph(spark);
      master.round(
          graph,
          spark
              .parallelize(batches, 2)
              .mapPartitions(partition -> new FailingOnce<>(partition, failing)));
      found[failures] = parameters(master);
    }
    assertArrayEquals(found[0], found[1]);
  }

  /** Throws before the second element in the first attempts of a task. */
  private static final class FailingOnce<T> implements Iterator<T> {
    private final Iterator<T> source;
    private final int attempts;
    private int given;

    FailingOnce(Iterator<T> source, int attempts) {
      this.source = source;
      this.attempts = attempts;
    }

    @Override
    public boolean hasNext() {
      return source.hasNext();
    }

    @Override
    public T next() {
      if (given++ == 1 && TaskContext.get().attemptNumber() < attempts) {
        throw new IllegalStateException("this task was made to fail");
      }
      return source.next();
    }
  }

  /** Deeplearning4j's own entry; how the data lie in the cluster makes no difference. */
  @Test
  void fitTrainsOnExamplesWhereverTheyLie() {
    TrainingConfig config = TinyRun.config().batchSize(4).build();
    Examples all = data.batch(1, 0, 12);
    List<org.nd4j.linalg.dataset.api.MultiDataSet> examples = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      INDArray label = SampleWise.pick(all.condition(), i);
      examples.add(new MultiDataSet(SampleWise.pick(all.x(), i), label));
    }
    List<float[]> found = new ArrayList<>();
    for (int partitions : new int[] {1, 5, 5}) {
      JavaRDD<org.nd4j.linalg.dataset.api.MultiDataSet> rdd =
          spark.parallelize(examples, partitions);
      TransitionTrainingMaster master = master(config, new Averaging(2, 3));
      master.graph(spark).fitMultiDataSet(rdd);
      assertEquals(3, master.stepsMade());
      found.add(parameters(master));
    }
    assertArrayEquals(found.get(0), found.get(1));
    assertArrayEquals(found.get(1), found.get(2));
  }

  /** Equal batches in all: between 1 and 2 workers lies no more than between seeds. */
  @Test
  void workersDoNotChangeTheLossBeyondNoise() {
    double before = residual(network());
    SummaryStatistics one = new SummaryStatistics();
    SummaryStatistics two = new SummaryStatistics();
    for (int seed = 5; seed < 9; seed++) {
      TrainingConfig config = TinyRun.config().seed(seed).steps(160).batchSize(12).build();
      one.addValue(residual(train(config, new Averaging(1, 4)).network()));
      two.addValue(residual(train(config, new Averaging(2, 4)).network()));
    }
    double noise = Math.sqrt((one.getVariance() + two.getVariance()) / 4);
    String all = "before " + before + ", one worker " + one + ", two workers " + two;
    assertTrue(one.getMean() < 0.7 * before && two.getMean() < 0.7 * before, all);
    assertEquals(one.getMean(), two.getMean(), 2 * noise, all);
  }

  /** Mean residual over 40 batches of draws that no training has seen. */
  private static double residual(TimNetwork network) {
    TrainingConfig config = TinyRun.config().seed(99).build();
    TransitionGradient gradient = new TransitionGradient(network, config);
    return IntStream.range(0, 40)
        .mapToObj(i -> BatchDraw.of(config, i, data.batch(99, i, 12), network.config().condition()))
        .mapToDouble(draw -> gradient.of(draw, null).transition().denoising())
        .average()
        .orElseThrow();
  }

  @Test
  void aRunGoesOnFromItsCheckpointOnEitherEngine(@TempDir Path folder) {
    TrainingConfig config = TinyRun.config().build();
    TransitionTrainingMaster unbroken = train(config, new Averaging(2, 2));
    Path path = folder.resolve("run.tim");
    train(
        config.toBuilder().steps(4).build(), new Averaging(2, 2), new CheckpointListener(path, 3));
    Checkpoint checkpoint = Checkpoint.open(path);
    TransitionTrainingMaster after =
        new TransitionTrainingMaster(
            checkpoint.trainedNetwork(), config, new Averaging(2, 2), checkpoint.state());
    new SparkTransitionTrainer(spark, after, data, List.of()).train();
    assertArrayEquals(parameters(unbroken), parameters(after));
    assertArrayEquals(
        unbroken.state().average().toFloatVector(), after.state().average().toFloatVector());

    TransitionTrainer local = checkpoint.resume(config, data, List.of());
    TransitionTrainingMaster single =
        new TransitionTrainingMaster(
            checkpoint.trainedNetwork(), config, new Averaging(1, 2), checkpoint.state());
    local.train();
    new SparkTransitionTrainer(spark, single, data, List.of()).train();
    assertArrayEquals(parameters(local), parameters(single));
  }

  @Test
  void divergenceOnAWorkerIsToldAndChangesNothing() {
    TransitionTrainingMaster master = master(TinyRun.config().build(), new Averaging(2, 2));
    master.network().parameters().putScalar(3, Float.NaN);
    float[] average = master.state().average().toFloatVector();
    DivergenceException e =
        assertThrows(
            DivergenceException.class,
            () -> new SparkTransitionTrainer(spark, master, data, List.of()).train());
    assertTrue(e.getMessage().contains("training diverged at step 0"), e.getMessage());
    assertArrayEquals(average, master.state().average().toFloatVector());
    assertEquals(0, master.stepsMade());
  }

  @Test
  void whatCannotBeSharedOutIsRefused() {
    TimNetwork network = network();
    TrainingConfig config = TinyRun.config().batchSize(8).build();
    InvalidInputException uneven =
        assertThrows(
            InvalidInputException.class,
            () -> new TransitionTrainingMaster(network, config, new Averaging(3, 1)));
    assertTrue(uneven.getMessage().contains("multiple of 3"), uneven.getMessage());
    assertThrows(InvalidInputException.class, () -> new Averaging(0, 1));
    assertThrows(InvalidInputException.class, () -> new Averaging(1, 0));
  }

  @Test
  void newJavaIsRefusedInWords() {
    SparkPlatform.requireSupported(17);
    TimException e = assertThrows(TimException.class, () -> SparkPlatform.requireSupported(25));
    assertTrue(e.getMessage().contains("does not run on Java 25"), e.getMessage());
    assertTrue(e.getMessage().contains("JAVA_HOME"), e.getMessage());
  }
}
