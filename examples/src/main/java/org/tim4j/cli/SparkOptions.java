package org.tim4j.cli;

import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.spark.Averaging;
import org.tim4j.objective.spark.SparkEngine;
import org.tim4j.objective.spark.SparkMaster;
import org.tim4j.objective.training.TrainingEngine;
import picocli.CommandLine.Option;

/** The options of training on Spark. */
final class SparkOptions {
  @Option(
      names = "--spark",
      paramLabel = "MASTER",
      description = "Train on Spark: local[N], local-cluster[N,CORES,MB], spark://HOST:PORT, yarn.")
  private String master;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Spark workers that share each batch (default: the cores that MASTER names).")
  private Integer workers;

  @Option(
      names = "--averaging",
      paramLabel = "K",
      defaultValue = "10",
      description = "Steps between two averagings of the workers (default: ${DEFAULT-VALUE}).")
  private int frequency;

  /**
   * Returns the engine that is asked for: this process unless a master is named.
   *
   * @param threads threads of a worker in a process of its own, or null for one
   * @throws InvalidInputException if Spark is not on the class path, or does not know the master
   */
  TrainingEngine engine(Integer threads) {
    if (master == null) {
      if (workers != null) {
        throw new InvalidInputException("--workers is for training on Spark; give --spark, too");
      }
      return TrainingEngine.LOCAL;
    }
    if (SparkOptions.class.getClassLoader().getResource("org/apache/spark/SparkConf.class")
        == null) {
      throw new InvalidInputException(
          "Spark is not part of this build; build with mvn -Pspark -DskipTests package, or hand"
              + " tim-spark.jar of that build to spark-submit");
    }
    SparkMaster where = new SparkMaster(master);
    if (workers == null && where.cores().isEmpty()) {
      throw new InvalidInputException(
          "how many tasks run at once on " + master + " is not known; give --workers");
    }
    int count = workers == null ? where.cores().getAsInt() : workers;
    return new SparkEngine(where, new Averaging(count, frequency), threads == null ? 1 : threads);
  }
}
