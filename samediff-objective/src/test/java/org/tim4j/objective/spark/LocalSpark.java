package org.tim4j.objective.spark;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark inside the test's process, on the loopback address. */
final class LocalSpark {
  private LocalSpark() {}

  /** Returns a context of two threads that tries a task three times; skips the test on new Java. */
  static JavaSparkContext start() {
    int java = Runtime.version().feature();
    assumeTrue(SparkPlatform.supports(java), "Spark 3.5 does not run on Java " + java);
    return new JavaSparkContext(
        new SparkConf()
            .setMaster("local[2,3]")
            .setAppName("test")
            .set("spark.ui.enabled", "false")
            .set("spark.network.timeout", "600s") // A busy machine is no lost executor.
            .set("spark.executor.heartbeatInterval", "60s")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1"));
  }
}
