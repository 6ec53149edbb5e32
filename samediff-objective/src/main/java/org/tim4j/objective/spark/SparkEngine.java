package org.tim4j.objective.spark;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimException;
import org.tim4j.layers.kernel.thread.Parallelism;
import org.tim4j.objective.training.TrainerState;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TrainingData;
import org.tim4j.objective.training.TrainingEngine;
import org.tim4j.objective.training.TrainingListener;

/**
 * Makes the steps on Spark. Settings of Spark are system properties that begin with {@code spark.},
 * as {@code spark-submit} sets them; what is set here are defaults.
 */
public final class SparkEngine implements TrainingEngine {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private final SparkMaster master;
  private final Averaging averaging;
  private final int threads;
  private SparkTransitionTrainer.Cost cost;

  /**
   * @param averaging workers and averaging frequency
   * @param threads threads that a worker computes with, where workers have processes of their own
   * @throws TimException if Spark cannot run on this Java
   */
  public SparkEngine(SparkMaster master, Averaging averaging, int threads) {
    SparkPlatform.requireSupported();
    this.master = master;
    this.averaging = averaging;
    this.threads = threads;
  }

  @Override
  public void train(
      TimNetwork network,
      TrainerState state,
      TrainingConfig config,
      TrainingData data,
      List<TrainingListener> listeners) {
    TransitionTrainingMaster training =
        new TransitionTrainingMaster(network, config, averaging, state);
    try (JavaSparkContext context = context()) {
      SparkTransitionTrainer trainer =
          new SparkTransitionTrainer(context, training, data, listeners);
      trainer.train();
      cost = trainer.cost();
    }
  }

  @Override
  public Map<String, Double> seconds() {
    return cost == null
        ? Map.of()
        : Map.of("slowestWorker", cost.workerSeconds(), "other", cost.otherSeconds());
  }

  private JavaSparkContext context() {
    try {
      return new JavaSparkContext(configuration());
    } catch (Exception e) { // SparkException is a checked one, but Scala does not say so.
      if (e instanceof SparkException) {
        throw new InvalidInputException(
            "cannot start Spark on " + master.url() + ": " + e.getMessage(), e);
      }
      throw e;
    }
  }

  private SparkConf configuration() {
    SparkConf conf = new SparkConf().setMaster(master.url());
    conf.setIfMissing("spark.app.name", "tim train");
    conf.setIfMissing("spark.ui.enabled", Boolean.toString(!master.isOnThisMachine()));
    // Every worker sends its network and the moments of its optimiser in one piece.
    conf.setIfMissing("spark.driver.maxResultSize", "0");
    if (master.isOnThisMachine()) {
      conf.setIfMissing("spark.driver.host", LOOPBACK);
      conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
    }
    if (!master.isThisProcess()) {
      String number = Integer.toString(threads);
      conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", number);
      conf.set(
          "spark.executor.extraJavaOptions",
          vectorModule()
              + "-D"
              + Parallelism.THREADS_PROPERTY
              + "="
              + number
              + " "
              + executorOptions(conf));
      conf.setIfMissing("spark.jars", ownJars());
    }
    return conf;
  }

  /** The module that this process has too: with other loops workers would make other bits. */
  private static String vectorModule() {
    boolean here = ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    return here ? "--add-modules " + VECTOR_MODULE + " " : "";
  }

  /** What the user asks for, or memory for arrays beyond the Java heap. */
  private static String executorOptions(SparkConf conf) {
    return conf.get(
        "spark.executor.extraJavaOptions",
        "-Dorg.bytedeco.javacpp.maxbytes=4g -Dorg.bytedeco.javacpp.maxphysicalbytes=6g");
  }

  /** The jars that Spark's own processes do not have. */
  private static String ownJars() {
    String ofSpark = File.separator + "spark" + File.separator + "jars" + File.separator;
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar") && !entry.contains(ofSpark))
        .collect(Collectors.joining(","));
  }
}
